package io.godwit.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A Java process on this one's class path, to be lost. */
final class OtherProcess implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final BufferedReader out;

    private OtherProcess(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    static OtherProcess run(Class<?> main, String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new OtherProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    String readLine() throws IOException {
        String line = out.readLine();
        assertThat(line).isNotNull();
        return line;
    }

    long readNumber() throws IOException {
        return Long.parseLong(readLine());
    }

    /** As {@code kill -9} does: it has no chance to tidy up. */
    void kill() {
        process.destroyForcibly();
        assertThat(Await.until(LIMIT, () -> !process.isAlive())).isTrue();
    }

    void killWithChildren(String program) {
        List<ProcessHandle> children = process.children()
                .filter(child -> child.info().command().orElse("").matches(".*/(" + program + "|dash|bash)"))
                .toList();
        assertThat(children).isNotEmpty();
        children.forEach(ProcessHandle::destroyForcibly);
        assertThat(Await.until(LIMIT, () -> children.stream().noneMatch(Signals::isRunning)))
                .isTrue();
        kill();
    }

    @Override
    public void close() {
        kill();
    }
}
