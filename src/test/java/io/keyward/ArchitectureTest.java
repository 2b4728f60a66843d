package io.keyward;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which package may import what: `app → {sandbox, vault, ops, topology} → avro → registry → domain`, and who alone
/// may
/// touch Azure, the Kafka broker and the generated Avro classes.
@AnalyzeClasses(packages = "io.keyward", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] GENERATED = {"io.keyward.event..", "io.keyward.decision..", "io.keyward.state.."};

    private static final List<Set<String>> ORDER = List.of(
            Set.of("app"),
            Set.of("sandbox", "vault", "ops"),
            Set.of("topology"),
            Set.of("avro"),
            Set.of("registry"),
            Set.of("domain"));

    @ArchTest
    static void importsGoOneWay(JavaClasses product) {
        var aboveOrBeside = new TreeSet<String>();
        for (Set<String> level : ORDER) {
            aboveOrBeside.addAll(level);
            for (String name : level) {
                noClasses()
                        .that()
                        .resideInAPackage(inside(name))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(aboveOrBeside.stream()
                                .filter(other -> !other.equals(name))
                                .map(ArchitectureTest::inside)
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
                        .map(ArchitectureTest::inside)
                        .toArray(String[]::new))
                .check(product);
    }

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("io.keyward.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule domainKnowsNothingButTheLanguage = classes()
            .that()
            .resideInAPackage("io.keyward.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.keyward.domain..", "java..");

    @ArchTest
    static final ArchRule onlyAvroSeesGeneratedClasses = noClasses()
            .that()
            .resideOutsideOfPackage("io.keyward.avro..")
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

    private static String inside(String name) {
        return "io.keyward." + name + "..";
    }
}
