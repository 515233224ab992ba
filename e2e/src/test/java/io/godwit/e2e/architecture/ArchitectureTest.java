package io.godwit.e2e.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Every "never" of the architecture. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Of which that option knows folders only.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.godwit");

    private static final DescribedPredicate<JavaClass> WIRING = simpleNameEndingWith("Function")
            .or(simpleNameEndingWith("Functions"))
            .or(simpleNameEndingWith("Wiring"))
            .or(resideInAnyPackage("..wiring..", "io.godwit.serving..", "io.godwit.ops.api..", "io.godwit.local.."))
            .as("functions, wiring, serving, the API of ops, and local");

    @Test
    void theRulesSeeEveryModule() {
        assertThat(MAIN.stream()
                        .map(each -> each.getPackageName().split("\\.", -1)[2])
                        .distinct())
                .contains(
                        "core",
                        "connector",
                        "platform",
                        "serving",
                        "planner",
                        "reader",
                        "writer",
                        "ops",
                        "local",
                        "embedded");
    }

    @Test
    void coreDependsOnNothing() {
        classes()
                .that()
                .resideInAPackage("io.godwit.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.godwit.core..",
                        "java..",
                        "javax.crypto..",
                        "com.fasterxml.jackson.annotation..",
                        "org.jspecify.annotations..")
                .because("core is vocabulary and pure decisions: state what you need as an interface in core.port, and"
                        + " implement it in platform")
                .check(MAIN);
    }

    @Test
    void coreDoesNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage("io.godwit.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "java.net.http..", "java.nio.file..", "java.nio.channels..")
                .because("core decides, others act: return what is to be done")
                .check(MAIN);
    }

    @Test
    void functionsDoNotKnowEachOther() {
        for (String function : new String[] {"planner", "reader", "writer", "ops"}) {
            noClasses()
                    .that()
                    .resideInAPackage("io.godwit." + function + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(
                                    "io.godwit.planner..",
                                    "io.godwit.reader..",
                                    "io.godwit.writer..",
                                    "io.godwit.ops..")
                            .and(not(resideInAPackage("io.godwit." + function + ".."))))
                    .because("functions share events, questions and the vocabulary in core: ask over HTTP or publish an"
                            + " event")
                    .check(MAIN);
        }
    }

    @Test
    void nothingKnowsAConcreteConnector() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.godwit.connector.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.godwit.connector.*..")
                .because("connectors are found by ServiceLoader: use io.godwit.connector.Connectors")
                .check(MAIN);
    }

    @Test
    void connectorsDoNotKnowEachOther() {
        slices().matching("io.godwit.connector.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        alwaysTrue(),
                        resideInAnyPackage(
                                "io.godwit.connector.jdbc..",
                                "io.godwit.connector.json..",
                                "io.godwit.connector.web.."))
                .because("they meet in rows and types: what those of databases share lies in connector.jdbc, what"
                        + " those of JSON share in connector.json, and how servers are asked in connector.web")
                .check(MAIN);
    }

    @Test
    void kafkaStaysInTheExchangeAndInItsConnector() {
        noClasses()
                .that(not(resideInAnyPackage(
                                "io.godwit.platform.exchange..",
                                // A user's topics, of whatever cluster: it shares nothing with the exchange.
                                "io.godwit.connector.kafka..",
                                // It starts the broker itself.
                                "io.godwit.embedded.."))
                        .and(not(WIRING)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("rows go through BatchPublisher and BatchReader, and users' topics through a connector; only"
                        + " these know Kafka")
                .check(MAIN);
    }

    @Test
    void exchangeAndConnectorOfKafkaDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.godwit.connector.kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.godwit.platform..")
                .because(
                        "the exchange has no transactions, and must work where a user's cluster does not: share no client,"
                                + " no setting and no topic")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage("io.godwit.platform..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.godwit.connector.kafka..")
                .because("connectors are found by ServiceLoader: use io.godwit.connector.Connectors")
                .check(MAIN);
    }

    @Test
    void sqlStaysInConnectorsAndStores() {
        noClasses()
                .that(not(resideInAnyPackage(
                        "io.godwit.connector.*..",
                        "..store..",
                        // The demo plays a user's own databases, and embedded is a server with a driver to try it.
                        "io.godwit.local.demo..",
                        "io.godwit.embedded..")))
                .should()
                .dependOnClassesThat(resideInAPackage("java.sql..").and(not(allowedOutside())))
                .because("sources and sinks are a connector's, the control store a store package's")
                .check(MAIN);
    }

    /** A transaction is opened where it is decided; statements are only written in stores. */
    private static DescribedPredicate<JavaClass> allowedOutside() {
        return DescribedPredicate.describe(
                "a connection that is handed on",
                type -> type.isEquivalentTo(java.sql.Connection.class)
                        || type.isEquivalentTo(java.sql.SQLException.class));
    }

    @Test
    void quarkusStaysAtTheEdge() {
        noClasses()
                .that(not(WIRING))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.quarkus..")
                .because("what a function does is plain Java: keep Quarkus in *Function and *Wiring")
                .check(MAIN);
    }

    @Test
    void eventsHoldNeitherRowsNorSecrets() {
        noClasses()
                .that()
                .resideInAPackage("io.godwit.core.event..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.godwit.core.row..")
                        .or(DescribedPredicate.describe(
                                "carries rows or secrets",
                                type -> type.getSimpleName().equals("Batch")
                                        || type.getSimpleName().equals("Connection")
                                        || type.getSimpleName().equals("SecretResolver"))))
                .because("an event carries ids and counts; rows go through the exchange, connections by name")
                .check(MAIN);
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.godwit.core.event..")
                .should()
                .notHaveRawType(byte[].class)
                .because("bytes in an event would be rows")
                .check(MAIN);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.godwit.(*).(*)..")
                .should()
                .beFreeOfCycles()
                .because("a package is read with those below it, never with those above: move the class that both need"
                        + " to the lower one")
                .check(MAIN);
    }
}
