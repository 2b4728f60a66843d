package io.keyward.cli.command;

import io.keyward.cluster.ClusterException;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.ConfigurationException;
import io.keyward.console.replica.ReplicaException;
import io.keyward.ops.http.HttpEndpointException;
import io.keyward.registry.client.RegistryException;
import io.keyward.sandbox.SandboxException;
import io.keyward.topology.Outages;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Reports why a command failed: one clear message on standard error, and the exit code.
public final class Failures {
    private Failures() {}

    public static int explainUsage(ParameterException failure, String... arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        say(err, failure.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
            command.usage(err);
        }
        err.flush();
        return ExitCode.USAGE;
    }

    public static int explain(Exception failure, CommandLine command, boolean debug) {
        PrintWriter err = command.getErr();
        command.getOut().flush();
        say(err, message(failure));
        if (debug) {
            failure.printStackTrace(err);
        } else if (!explainsItself(failure)) {
            say(err, "this is unexpected; run it again with --debug to see where it happened");
        }
        err.flush();
        return failure instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private static void say(PrintWriter err, String message) {
        err.println("keyward: " + message);
    }

    /// The message of a failure, for the user.
    static String message(Exception failure) {
        if (!explainsItself(failure) || failure.getMessage() == null) {
            return failure.toString();
        }
        return failure instanceof KafkaException ? withReason(failure) : failure.getMessage();
    }

    /// Kafka's message says what failed; the reason is only in the cause.
    private static String withReason(Exception failure) {
        String message = failure.getMessage();
        String reason = Outages.innermost(failure).getMessage();
        return reason == null || message.contains(reason) ? message : message + ": " + reason;
    }

    /// Whether the message was written for the user. Otherwise the name of the class is part of the message.
    private static boolean explainsItself(Exception failure) {
        return switch (failure) {
            case CommandFailedException _,
                    ClusterException _,
                    ConfigurationException _,
                    ReplicaException _,
                    HttpEndpointException _,
                    SandboxException _,
                    RegistryException _,
                    UncheckedIOException _,
                    KafkaException _ -> true;
            default -> false;
        };
    }
}
