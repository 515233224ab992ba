package io.godwit.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.local.report.ExitCodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

class ServerOptionsTest {
    private static final Map<String, String> TOKEN = Map.of("GODWIT_TOKEN", "abc.def.ghi");

    @Test
    void noServerIsTheSystemOfThisMachine() {
        assertThat(address(TOKEN, "jobs")).isEmpty();
        assertThat(address(Map.of("GODWIT_SERVER", ""), "jobs")).isEmpty();
    }

    @Test
    void serverIsNamedBeforeOrBehindTheWordOrInTheEnvironment() {
        Map<String, String> both = Map.of("GODWIT_TOKEN", "abc", "GODWIT_SERVER", "https://other.example.org/");

        assertThat(address(TOKEN, "--server", "https://godwit.example.org", "jobs"))
                .map(Address::url)
                .hasToString("Optional[https://godwit.example.org]");
        assertThat(address(TOKEN, "jobs", "--server", "https://godwit.example.org/team/"))
                .map(Address::url)
                .hasToString("Optional[https://godwit.example.org/team]");
        assertThat(address(both, "jobs")).map(Address::url).hasToString("Optional[https://other.example.org]");
        assertThat(address(both, "jobs", "--server", "https://godwit.example.org"))
                .map(Address::url)
                .hasToString("Optional[https://godwit.example.org]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "godwit.example.org",
                "ftp://godwit.example.org",
                "https://",
                "https://godwit.example.org/?a=b",
                "https://godwit.example.org/#a",
                "https://somebody:hunter2@godwit.example.org",
                "https://godwit.example.org\nx",
                "http://godwit.example.org",
                "http://127.0.0.1.example.org",
                "http://localhost.example.org",
                "http://0.0.0.0"
            })
    void addressThatWouldNotDoIsRefused(String server) {
        assertThatThrownBy(() -> address(TOKEN, "--server", server, "jobs"))
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.COMMAND_LINE_INVALID);
                    assertThat(e.info().toString()).doesNotContain("hunter2", "abc.def.ghi");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "http://localhost", "http://[::1]:8080"})
    void withoutEncryptionOnlyOnThisMachine(String server) {
        assertThat(address(TOKEN, "--server", server, "jobs")).isPresent();
    }

    @Test
    void withoutEncryptionElsewhereOnlyByConsent() {
        assertThat(address(TOKEN, "--server", "http://ops.godwit.svc", "--insecure-http", "jobs"))
                .isPresent();
    }

    @Test
    void tokenIsReadFromItsFileEachTime(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first.token\n");
        Address address = address(
                        TOKEN, "--server", "https://godwit.example.org", "--token-file", file.toString(), "jobs")
                .orElseThrow();

        assertThat(address.token().get()).isEqualTo("first.token");
        Files.writeString(file, "second.token");
        assertThat(address.token().get()).isEqualTo("second.token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer abc", "abc\ndef", "\"abc\"", "Passw\u00f6rt"})
    void whatIsNoTokenIsRefusedAndNotShown(String text, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), text);

        assertThatThrownBy(() -> address(
                        Map.of(), "--server", "https://godwit.example.org", "--token-file", file.toString(), "jobs"))
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.COMMAND_LINE_INVALID);
                    assertThat(text.isEmpty() || !e.info().toString().contains(text))
                            .isTrue();
                });
    }

    @Test
    void withoutATokenNothingIsSent() {
        assertThatThrownBy(() -> address(Map.of(), "--server", "https://godwit.example.org", "jobs"))
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
                    assertThat(ExitCodes.of(e.code())).isEqualTo(2);
                });
    }

    @Test
    void tokenOnTheCommandLineIsNoOption() {
        assertThatThrownBy(() -> Commands.line().parseArgs("--server", "https://a", "--token", "abc", "jobs"))
                .isInstanceOf(UnmatchedArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "up", "doctor"})
    void whatIsOfThisMachineSaysSo(String word) {
        CommandLine line = Commands.line();
        ApiCommand command = (ApiCommand) line.parseArgs("--server", "https://a", word)
                .subcommand()
                .commandSpec()
                .userObject();

        assertThat(command.onlyHere()).contains("this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "plan"})
    void eitherAFileOrAJobIsNamed(String word) {
        CommandLine line = Commands.line();

        assertThatThrownBy(() -> line.parseArgs(word)).isInstanceOf(ParameterException.class);
        assertThatThrownBy(() -> line.parseArgs(word, "--job", "shop-nightly", "shop.yaml"))
                .isInstanceOf(ParameterException.class);
        assertThat(line.parseArgs(word, "shop.yaml").hasSubcommand()).isTrue();
        assertThat(line.parseArgs(word, "--job", "shop-nightly").hasSubcommand())
                .isTrue();
    }

    private static Optional<Address> address(Map<String, String> environment, String... words) {
        CommandLine line = Commands.line();
        line.parseArgs(words);
        return Commands.server(line).address(environment);
    }
}
