package io.keyward.bench;

import io.keyward.bench.jvm.ClassPaths;
import io.keyward.bench.measure.BenchException;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.measure.SubjectVariant;
import io.keyward.bench.micro.MicroBenchmarks;
import io.keyward.bench.workload.EventFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `bin/bench`. [Plan] defines what it measures, [io.keyward.bench.measure] how.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Keyward and what it is compared with, on a broker of its own.")
public final class Bench implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--check",
            description = "Little work and no figures: whether every subject runs, and decides as the product does.")
    private boolean check;

    @Option(
            names = "--only",
            arity = "1..*",
            paramLabel = "SUBJECT",
            converter = SubjectConverter.class,
            completionCandidates = SubjectConverter.class,
            description = "Only these subjects: ${COMPLETION-CANDIDATES}")
    private List<Subject> only = List.of();

    @Mixin
    private VariantOptions variants;

    @Option(names = "--rates", description = "The rates only.")
    private boolean ratesOnly;

    @Option(names = "--latency", description = "With --check, --rates or a variant: the latency as well.")
    private boolean latency;

    @Option(names = "--fan-out", description = "With --check, --rates or a variant: the fan-outs as well.")
    private boolean fanOut;

    @Option(names = "--restart", description = "With --check, --rates or a variant: the restarts as well.")
    private boolean restart;

    @Option(names = "--rounds", description = "How often the rates are measured: usually twice.")
    private Integer rounds;

    @Option(
            names = "--jmh",
            arity = "0..1",
            fallbackValue = "InnerParts",
            paramLabel = "REGEX",
            description = "The inner parts instead, with JMH; all, or those whose names match.")
    private String micro;

    @Option(names = "--seed", defaultValue = "7", description = "What the workload is made from (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--events", description = "How many events the rates are measured with, instead of the usual.")
    private Integer events;

    @Option(
            names = "--training",
            paramLabel = "FILE",
            description = "Measures nothing: writes events of another seed as lines for `keyward publish`.")
    private Path training;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Bench())
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (failure instanceof BenchException expected) {
                        command.getErr().println("bench: " + expected.getMessage());
                        return ExitCode.SOFTWARE;
                    }
                    throw failure;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        try {
            return run();
        } catch (AssertionError unmet) { // thrown by the process harness that the tests share
            throw new BenchException(unmet.getMessage(), unmet);
        }
    }

    private int run() throws IOException, RunnerException {
        ClassPaths classPaths = ClassPaths.ofBuild();
        Path folder = classPaths.target().resolve("bench");
        if (micro != null) {
            MicroBenchmarks.run(micro, check, folder);
            return ExitCode.OK;
        }
        if (training != null) {
            EventFile.write(Plan.training(seed, Optional.ofNullable(events)), training);
            return ExitCode.OK;
        }
        variants.requireConsistent(spec.commandLine());
        Plan plan = plan();
        Machine host = Machine.current();
        BenchRun.Workspace workspace =
                new BenchRun.Workspace(classPaths.scratch(), spec.commandLine().getErr());
        try (BenchRun session = BenchRun.begin(plan, subjectVariants(), classPaths, workspace)) {
            variants.archive().ifPresent(wanted -> session.train(wanted, Plan.training(seed, Optional.empty())));
            Measurements measurements = session.measure();
            PrintWriter out = spec.commandLine().getOut();
            if (check) {
                new Rates(measurements.rates()).agreements().forEach(out::println);
                return ExitCode.OK;
            }
            BenchReport report = new BenchReport(plan, host, classPaths.versions(), measurements);
            Path written = report.write(folder);
            out.println(report.markdown());
            out.println("Written to " + written + " and to rates.svg beside it.");
            out.flush();
            variants.leastRatio().ifPresent(least -> new Variants(measurements).requireAtLeast(least));
        }
        return ExitCode.OK;
    }

    /// What the options say is to be measured.
    Plan plan() {
        Plan plan = check ? Plan.check(seed) : Plan.full(seed);
        if (events != null) {
            plan = plan.withEvents(events);
        }
        if (check || ratesOnly || !variants.all().isEmpty()) {
            plan = plan.ratesOnly(latency, fanOut, restart);
        }
        return rounds == null ? plan : plan.withRounds(rounds);
    }

    private boolean isWanted(Subject subject) {
        if (!only.isEmpty()) {
            return only.contains(subject);
        }
        return variants.all().isEmpty() || Plan.isProduct(subject);
    }

    /// The subjects to measure, in order. The variants follow the product.
    List<SubjectVariant> subjectVariants() {
        return Arrays.stream(Subject.values())
                .filter(this::isWanted)
                .flatMap(subject -> Stream.concat(
                        Stream.of(SubjectVariant.standard(subject)),
                        variants.all().stream()
                                .filter(_ -> Plan.isProduct(subject))
                                .map(variant -> new SubjectVariant(subject, variant))))
                .distinct()
                .toList();
    }
}
