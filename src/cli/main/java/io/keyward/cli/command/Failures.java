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
        print(err, failure.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
            command.usage(err);
        }
        err.flush();
        return ExitCode.USAGE;
    }

    public static int explain(Exception failure, CommandLine command, boolean debug) {
        PrintWriter err = command.getErr();
        command.getOut().flush();
        print(err, message(failure));
        if (debug) {
            failure.printStackTrace(err);
        } else if (!explainsItself(failure)) {
            print(err, "this is an internal error; run the command again with --debug to print its stack trace");
        }
        err.flush();
        return failure instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private static void print(PrintWriter err, String message) {
        err.println("keyward: " + message);
    }

    /// The message of a failure, for the user.
    static String message(Exception failure) {
        if (!explainsItself(failure) || failure.getMessage() == null) {
            return failure.toString();
        }
        return failure instanceof KafkaException ? withReason(failure) : failure.getMessage();
    }

    /// Adds the reason, which Kafka's exceptions have only in their cause.
    private static String withReason(Exception failure) {
        String message = failure.getMessage();
        String reason = Outages.innermost(failure).getMessage();
        return reason == null || message.contains(reason) ? message : message + ": " + reason;
    }

    /// Whether the message was written for the user. Otherwise the class name is printed too.
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
