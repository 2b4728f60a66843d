package io.keyward;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.keyward.kafka.Stopwatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which package may import which, and who alone may touch Azure, the Kafka broker and the generated Avro classes.
@AnalyzeClasses(packages = "io.keyward", importOptions = ArchitectureTest.Product.class)
class ArchitectureTest {
    /// What the product consists of: neither tests nor what they are written with.
    static final class Product implements ImportOption {
        private static final Pattern TESTS =
                Pattern.compile("/test-classes/|-tests\\.jar|/testing/target/|/keyward-testing-");

        @Override
        public boolean includes(Location location) {
            return !location.matches(Pattern.compile(".*(?:" + TESTS + ").*"));
        }
    }

    private static final String[] GENERATED = {"io.keyward.event..", "io.keyward.decision..", "io.keyward.state.."};

    /// A package imports only from lines below its own.
    private static final List<Set<String>> ORDER = List.of(
            Set.of("cli"),
            Set.of("cli.command"),
            Set.of("cli.sandbox", "cli.simulate", "cli.ask", "cli.deadletters"),
            Set.of("cli.records"),
            Set.of("cli.terminal"),
            Set.of("app.console", "app.intake"),
            Set.of("app.run"),
            Set.of("app.start"),
            Set.of("console.web", "intake.eventgrid", "proof.inputs", "proof.reshard", "proof.tenant"),
            Set.of("proof"),
            Set.of("intake"),
            Set.of("console.access"),
            Set.of("console.api"),
            Set.of("console.answer"),
            Set.of("console.whatif"),
            Set.of("console.replica"),
            Set.of("sandbox", "vault.watch"),
            Set.of("sandbox.azure"),
            Set.of("sandbox.registry", "sandbox.vault", "vault"),
            Set.of("sandbox.http"),
            Set.of("cluster"),
            Set.of("ops.tracing"),
            Set.of("config"),
            Set.of("ops.metrics"),
            Set.of("ops.health"),
            Set.of("ops.http"),
            Set.of("topology.read"),
            Set.of("topology"),
            Set.of("topology.store"),
            Set.of("topology.contract"),
            Set.of("avro.json", "avro.state"),
            Set.of("avro"),
            Set.of("client"),
            Set.of("kafka"),
            Set.of("registry.external"),
            Set.of("registry"),
            Set.of("registry.wire"),
            Set.of("registry.client"),
            Set.of("domain.advice"),
            Set.of("domain"),
            Set.of("domain.decision"),
            Set.of("domain.fact"),
            Set.of("domain.event"),
            Set.of("domain.id"));

    /// Neighbours that do not know each other, with all of their packages.
    private static final List<Set<String>> SEPARATE = List.of(
            Set.of("ops", "vault"),
            Set.of("sandbox", "ops.health"),
            Set.of("sandbox", "ops.metrics"),
            Set.of("kafka", "registry"));

    @ArchTest
    static void importsGoOneWay(JavaClasses product) {
        var aboveOrBeside = new TreeSet<String>();
        for (Set<String> level : ORDER) {
            level.forEach(name -> aboveOrBeside.add("io.keyward." + name));
            for (String name : level) {
                noClasses()
                        .that()
                        .resideInAPackage("io.keyward." + name)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(aboveOrBeside.stream()
                                .filter(other -> !other.equals("io.keyward." + name))
                                .toArray(String[]::new))
                        .check(product);
            }
        }
    }

    @Test
    void theDocumentNamesEveryPackage() throws IOException {
        assertThat(Files.readString(Path.of("docs", "architecture.md")))
                .contains(ORDER.stream()
                        .flatMap(Set::stream)
                        .map(name -> "`" + name + "`")
                        .toList());
    }

    @Test
    void theDocumentNamesEveryModule() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src"))) {
            assertThat(folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                            .map(folder -> "\n| `" + folder.getFileName() + "` | "))
                    .hasSizeGreaterThan(7)
                    .allSatisfy(row -> assertThat(Files.readString(Path.of("docs", "architecture.md")))
                            .contains(row));
        }
    }

    @Test
    void theFilesToReadFirstExist() throws IOException {
        List<String> files = Pattern.compile("`([a-z/]+/\\w+\\.java)`")
                .matcher(Files.readString(Path.of("docs", "architecture.md")))
                .results()
                .map(file -> file.group(1))
                .toList();
        assertThat(files)
                .hasSize(10)
                .allSatisfy(file -> assertThat(Path.of("src", file)).exists());
    }

    @ArchTest
    static void strangersDoNotKnowEachOther(JavaClasses product) {
        for (Set<String> separate : SEPARATE) {
            for (String name : separate) {
                noClasses()
                        .that()
                        .resideInAPackage("io.keyward." + name + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(separate.stream()
                                .filter(other -> !other.equals(name))
                                .map(other -> "io.keyward." + other + "..")
                                .toArray(String[]::new))
                        .check(product);
            }
        }
    }

    @ArchTest
    static void everyClassHasItsPlaceInTheOrder(JavaClasses product) {
        classes()
                .that()
                .resideOutsideOfPackages(GENERATED)
                .should()
                .resideInAnyPackage(ORDER.stream()
                        .flatMap(Set::stream)
                        .map(name -> "io.keyward." + name)
                        .toArray(String[]::new))
                .check(product);
    }

    /// Generated classes have the names of their schemas.
    @ArchTest
    static void noTwoTopLevelClassesShareAName(JavaClasses product) {
        List<String> names = product.that(resideOutsideOfPackages(GENERATED)).stream()
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info"))
                .toList();
        assertThat(names).hasSizeGreaterThan(500).doesNotHaveDuplicates();
    }

    @ArchTest
    static final ArchRule domainKnowsNothingButTheLanguage = classes()
            .that()
            .resideInAPackage("io.keyward.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.keyward.domain..", "java..");

    @ArchTest
    static final ArchRule onlyAvroAndTheKitSeeGeneratedClasses = noClasses()
            .that()
            .resideOutsideOfPackages("io.keyward.avro..", "io.keyward.client..")
            .and()
            .resideOutsideOfPackages(GENERATED)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GENERATED);

    @ArchTest
    static final ArchRule onlyTheVaultSeesAzure = noClasses()
            .that()
            .resideOutsideOfPackage("io.keyward.vault..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.azure..", "com.microsoft..");

    @ArchTest
    static final ArchRule onlyTheSandboxSeesTheBroker = noClasses()
            .that()
            .resideOutsideOfPackage("io.keyward.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "kafka..",
                    "scala..",
                    "org.apache.kafka.metadata..",
                    "org.apache.kafka.server..",
                    "org.apache.kafka.raft..");

    /// Others take an `InstantSource` for the time of day, and a `Stopwatch` or a `LongSupplier` for what has passed.
    @ArchTest
    static final ArchRule onlyProcessesReadTheTimeOfDay = noClasses()
            .that()
            .resideOutsideOfPackages("io.keyward.app..", "io.keyward.cli..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule onlyStopwatchesReadTheSteadyClock =
            noClasses().that().doNotBelongToAnyOf(Stopwatch.class).should().callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule noStateIsShared = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackages(GENERATED)
            .should()
            .haveModifier(FINAL);

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?)");
}
