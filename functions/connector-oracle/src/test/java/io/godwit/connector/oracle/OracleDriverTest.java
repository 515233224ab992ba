package io.godwit.connector.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.godwit.connector.Connector;
import io.godwit.connector.Connectors;
import io.godwit.connector.Means;
import io.godwit.core.job.Connection;
import io.godwit.core.port.SinkLedgers;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a class path without Oracle's driver does. */
class OracleDriverTest {

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URLClassLoader withoutDriver() {
        URL[] entries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("ojdbc"))
                .map(OracleDriverTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(entries, ClassLoader.getPlatformClassLoader());
    }

    @Test
    void connectorsAreFoundAndOracleSaysWhatItLacks() throws Exception {
        try (URLClassLoader loader = withoutDriver()) {
            Object connectors = loader.loadClass(Connectors.class.getName())
                    .getMethod("load")
                    .invoke(null);
            assertThat((List<?>) connectors.getClass().getMethod("types").invoke(connectors))
                    .isEqualTo(List.of("oracle"));

            Class<?> kind = loader.loadClass(OracleConnector.class.getName());
            Object connector = kind.getConstructor().newInstance();
            assertThat((List<?>) kind.getMethod("sourceTypes").invoke(connector))
                    .isNotEmpty();
            for (Method method : loader.loadClass(Connector.class.getName()).getMethods()) {
                if (method.getName().equals("source") || method.getName().equals("sink")) {
                    Throwable thrown =
                            catchThrowable(() -> method.invoke(connector, new Object[method.getParameterCount()]));

                    assertThat(thrown).cause().hasMessageContaining("driver is not on the class path");
                }
            }
        }
    }

    @Test
    void withTheDriverTheNetworkIsDialledAtTheFirstUse() {
        Connection connection = OracleStatementsTest.connection();

        new OracleConnector()
                .source(connection, Means.of(reference -> "secret"))
                .close();
        new OracleConnector()
                .sink(connection, Means.of(reference -> "secret"), unused())
                .close();
    }

    private static SinkLedgers unused() {
        return (SinkLedgers) java.lang.reflect.Proxy.newProxyInstance(
                OracleDriverTest.class.getClassLoader(),
                new Class<?>[] {SinkLedgers.class},
                (proxy, method, values) -> {
                    throw new IllegalStateException("a database keeps its ledger beside its rows");
                });
    }
}
