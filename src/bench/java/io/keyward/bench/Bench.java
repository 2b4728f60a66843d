package io.keyward.bench;

import io.keyward.bench.measure.BenchException;
import io.keyward.bench.measure.ClassPaths;
import io.keyward.bench.measure.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `bin/bench`: what it measures is in [Plan], how in [io.keyward.bench.measure].
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Keyward and what it is compared with, on a broker of its own.")
public final class Bench implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--short", description = "Small sizes, at most five minutes: shows that everything runs.")
    private boolean brief;

    @Option(
            names = "--only",
            arity = "1..*",
            paramLabel = "SUBJECT",
            converter = SubjectLabels.class,
            completionCandidates = SubjectLabels.class,
            description = "Only these subjects: ${COMPLETION-CANDIDATES}")
    private List<Subject> only = Arrays.asList(Subject.values());

    @Option(names = "--seed", defaultValue = "7", description = "What the workload is made from (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--events", description = "How many events the rates are measured with, instead of the usual.")
    private Integer events;

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
    public Integer call() throws IOException {
        Plan plan = brief ? Plan.brief(seed) : Plan.full(seed);
        Plan sized = events == null ? plan : plan.withEvents(events);
        ClassPaths classPaths = new ClassPaths(Path.of(System.getProperty("keyward.bench.target")));
        try (Session session =
                Session.begin(sized, classPaths, spec.commandLine().getErr())) {
            spec.commandLine()
                    .getOut()
                    .println(session.measure(EnumSet.copyOf(only)).size());
        }
        return ExitCode.OK;
    }
}
