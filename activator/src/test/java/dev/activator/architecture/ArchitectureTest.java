package dev.activator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** The arrows of the architecture, the kernel edges, and the words that no name of ours may have. */
@AnalyzeClasses(packages = "dev.activator", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {
    private static final String CONFIG = "dev.activator.config..";
    private static final String LISTENER = "dev.activator.listener..";
    private static final String HANDOFF = "dev.activator.handoff..";
    private static final String SERVICE = "dev.activator.service..";
    private static final String[] ACTIVATOR = {
        "dev.activator.server..",
        "dev.activator.jobs..",
        "dev.activator.control..",
        "dev.activator.cli..",
        "dev.activator.demo..",
        "dev.activator.accounting..",
        "dev.activator.experiment..",
        "dev.activator.logging..",
        "dev.activator.metrics.."
    };

    private static String[] activatorAnd(String... others) {
        return Stream.concat(Stream.of(others), Stream.of(ACTIVATOR)).toArray(String[]::new);
    }

    /** Neither test classes nor the jars that share fixtures between modules. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule configDependsOnNothingOfOurs = noClasses()
            .that()
            .resideInAPackage(CONFIG)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(activatorAnd(LISTENER, HANDOFF));

    @ArchTest
    static final ArchRule configNeedsOnlyTheJdkAndJackson = classes()
            .that()
            .resideInAPackage(CONFIG)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(CONFIG, "java..", "com.fasterxml.jackson..", "org.jspecify..");

    @ArchTest
    static final ArchRule listenerRegistryDependsOnConfigAlone = noClasses()
            .that()
            .resideInAPackage(LISTENER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(activatorAnd(HANDOFF));

    @ArchTest
    static final ArchRule handoffDoesNotKnowWhoDecides = noClasses()
            .that()
            .resideInAPackage(HANDOFF)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ACTIVATOR);

    @ArchTest
    static final ArchRule whatAServiceEmbedsNeedsOnlyTheJdkAndJffi = classes()
            .that()
            .resideInAPackage(SERVICE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(SERVICE, "java..", "com.kenai.jffi..", "org.jspecify..");

    @ArchTest
    static final ArchRule theSuperServerSharesNothingButTextsWithAService = noClasses()
            .that()
            .resideOutsideOfPackage(SERVICE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.activator.service");

    @ArchTest
    static final ArchRule onlyOneClassOfWhatAServiceEmbedsTouchesJffi = noClasses()
            .that()
            .resideInAPackage(SERVICE)
            .and()
            .haveNameNotMatching(".*JffiLinkage.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.kenai.jffi..");

    @ArchTest
    static final ArchRule onlyTheKernelEdgesTouchJnr = noClasses()
            .that()
            .resideOutsideOfPackages("dev.activator.listener.kernel", "dev.activator.handoff.kernel", SERVICE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jnr..", "com.kenai.jffi..");

    @ArchTest
    static final ArchRule onlyTheEdgesTouchEpoll = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.activator.listener",
                    "dev.activator.listener.kernel",
                    "dev.activator.handoff.kernel",
                    "dev.activator.control")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel.epoll..", "io.netty.channel.unix..");

    @ArchTest
    static final ArchRule libraryModulesNeverLog = noClasses()
            .that()
            .resideInAnyPackage(CONFIG, LISTENER, HANDOFF, SERVICE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "java.util.logging..");

    @ArchTest
    static final ArchRule theCommandLineAloneKnowsPicocliAndDatabind = noClasses()
            .that()
            .resideOutsideOfPackages("dev.activator.cli..", "dev.activator.demo..", "dev.activator.experiment..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule onlyTheMetricsKnowPrometheus = noClasses()
            .that()
            .resideOutsideOfPackage("dev.activator.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.prometheus..");

    @ArchTest
    static final ArchRule typesHaveNamesOfTheDomain = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Util|Utils|Helper|Impl|Processor|Wrapper|Base|Common|Info|Data)");

    @ArchTest
    static final ArchRule methodsHaveVerbsOfTheDomain = methods()
            .that()
            // slf4j's name for what a logger must override.
            .doNotHaveName("handleNormalizedLoggingCall")
            .should()
            .haveNameNotMatching("(handle|do|perform|manage|process(?!Group))[A-Z].*")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule machinesNeedNoLocks = noClasses()
            .that()
            .resideInAPackage("dev.activator.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.concurrent.locks..", "java.util.concurrent.atomic..");
}
