package io.keyward.ops.health;

import io.keyward.topology.Outages;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.filter.AbstractFilter;

/// Suppresses log lines of Kafka clients and Kafka Streams about an outage that [KafkaHealth] reports, and counts
/// them there.
///
/// Suppresses only lines that every outage causes: a node cannot be reached, a request is retried, or the root
/// cause of a failure is transient. Authentication and authorization failures, missing records and all unknown
/// lines stay in the log. Nothing is suppressed at level DEBUG.
public final class OutageLines extends AbstractFilter implements AutoCloseable {
    private static final String OWN_LOGGER = "io.keyward";
    private static final List<String> LOGGERS = List.of("org.apache.kafka.clients.", "org.apache.kafka.streams.");

    /// The clients' messages about an outage that come without an exception.
    private static final Pattern ABOUT_THE_OUTAGE = Pattern.compile(
            ".*( could not be established\\. Node may not be available\\.| disconnected| Got error produce response .*, retrying .*| Received invalid metadata error in produce request .*| LeaveGroup request with .* failed with error: The coordinator is not aware of this member\\.)");

    /// Transient failures, and failures of a client or task that was away for too long.
    private static final List<Class<? extends Throwable>> TRANSIENT = List.of(
            UnknownHostException.class,
            RetriableException.class,
            ApplicationRecoverableException.class,
            CommitFailedException.class,
            TaskMigratedException.class,
            TaskCorruptedException.class);

    private final KafkaHealth health;
    private final List<LoggerConfig> loggers;

    private OutageLines(KafkaHealth health, List<LoggerConfig> loggers) {
        this.health = health;
        this.loggers = loggers;
    }

    /// Starts to filter the log lines of libraries. Adds the filter to each of their configured loggers, because a
    /// logger may bypass the root's filters.
    public static OutageLines leaveOut(KafkaHealth health) {
        Configuration log = LoggerContext.getContext(false).getConfiguration();
        OutageLines lines = new OutageLines(
                health,
                log.getRootLogger().getLevel().isMoreSpecificThan(Level.INFO)
                        ? log.getLoggers().values().stream()
                                .filter(logger -> !logger.getName().startsWith(OWN_LOGGER))
                                .toList()
                        : List.of());
        lines.loggers.forEach(logger -> logger.addFilter(lines));
        return lines;
    }

    @Override
    public Result filter(LogEvent event) {
        if (!isAboutAnOutage(event) || !health.isReported()) {
            return Result.NEUTRAL;
        }
        health.leftOut();
        return Result.DENY;
    }

    static boolean isAboutAnOutage(LogEvent event) {
        if (!event.getLevel().isMoreSpecificThan(Level.WARN)
                || LOGGERS.stream().noneMatch(event.getLoggerName()::startsWith)) {
            return false;
        }
        return event.getThrown() == null
                ? ABOUT_THE_OUTAGE
                        .matcher(event.getMessage().getFormattedMessage())
                        .matches()
                : TRANSIENT.stream().anyMatch(kind -> kind.isInstance(Outages.innermost(event.getThrown())));
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.removeFilter(this));
    }
}
