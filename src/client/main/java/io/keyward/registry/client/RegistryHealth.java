package io.keyward.registry.client;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the registry answered the last call. Logs once when an outage begins and once when it ends.
/// Thread-safe.
public final class RegistryHealth {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryHealth.class);

    /// The consequence of an outage for a running instance, as a clause.
    public static final String RECORDS_WAIT = "records whose schema is not cached wait until it does";

    private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
    private volatile String meanwhile = RECORDS_WAIT;
    private final LongAdder failures = new LongAdder();

    /// Why the registry does not answer; empty if the last call got an answer.
    public Optional<String> problem() {
        return problem.get();
    }

    /// The number of attempts without an answer so far.
    public long failures() {
        return failures.sum();
    }

    /// Sets the consequence of outages that begin from now on. It is a clause for the log; the default is
    /// [#RECORDS_WAIT].
    public void outageMeans(String consequence) {
        meanwhile = consequence;
    }

    public void failed(RegistryUnavailableException failure) {
        failures.increment();
        if (problem.getAndSet(Optional.of(failure.getMessage())).isEmpty()) {
            LOG.warn("Schema registry does not answer; {}: {}", meanwhile, failure.getMessage());
        }
    }

    /// Ends an outage, if there is one, because an attempt got an answer.
    public void answered() {
        if (problem.get().isPresent() && problem.getAndSet(Optional.empty()).isPresent()) {
            LOG.info("Schema registry answers again");
        }
    }
}
