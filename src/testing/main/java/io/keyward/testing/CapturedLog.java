package io.keyward.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/// All that is logged while it is open, and nowhere else then.
public final class CapturedLog extends AbstractAppender implements AutoCloseable {
    private final LoggerContext context = LoggerContext.getContext(false);
    private final Map<LoggerConfig, List<Appender>> before = new HashMap<>();
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    public CapturedLog() {
        super("captured", null, null, false, Property.EMPTY_ARRAY);
        start();
        for (LoggerConfig logger : context.getConfiguration().getLoggers().values()) {
            before.put(logger, List.copyOf(logger.getAppenders().values()));
            before.get(logger).forEach(appender -> logger.removeAppender(appender.getName()));
            logger.addAppender(this, null, null);
        }
        context.updateLoggers();
    }

    /// One event.
    ///
    /// @param logger the name of the class that logged it
    /// @param text the message and the stack trace
    public record Line(String logger, Level level, String text) {}

    public List<Line> lines() {
        return lines;
    }

    @Override
    public void append(LogEvent event) {
        StringWriter text = new StringWriter();
        text.append(event.getMessage().getFormattedMessage());
        if (event.getThrown() != null) {
            event.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        lines.add(new Line(event.getLoggerName(), event.getLevel(), text.toString()));
    }

    @Override
    public void close() {
        before.forEach((logger, appenders) -> {
            logger.removeAppender(getName());
            appenders.forEach(appender -> logger.addAppender(appender, null, null));
        });
        context.updateLoggers();
        stop();
    }
}
