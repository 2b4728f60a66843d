package io.keyward.chaos;

import io.keyward.app.run.Instance;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.PlainProducers;
import io.keyward.topology.Outages;
import java.time.InstantSource;
import java.util.stream.Collectors;

/// An instance in this process.
interface LocalInstance extends AutoCloseable {
    /// Whether it has stopped by itself.
    boolean hasEnded();

    /// Why it has stopped by itself.
    String reasonOfEnd();

    /// Whether it restores stores now.
    boolean isRestoring();

    /// How often it has refused to work on the state of a task; 0 if it does not tell.
    int refusals();

    @Override
    void close();

    /// What is run.
    enum Kind {
        PRODUCT("the product"),
        /// Must notice that rows are missing.
        WITHOUT_REMEDY("the producers of Kafka Streams"),
        /// Must decide on state of which rows are missing.
        WITHOUT_REMEDY_AND_CHECK("the producers of Kafka Streams, and state that is not checked");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        /// Starts an instance.
        LocalInstance start(KeywardConfig config) {
            return switch (this) {
                case PRODUCT -> new OfProduct(config);
                case WITHOUT_REMEDY -> new Broken(config, /* checked= */ true);
                case WITHOUT_REMEDY_AND_CHECK -> new Broken(config, /* checked= */ false);
            };
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /// As `run` starts it.
    final class OfProduct implements LocalInstance {
        private final Instance instance;

        private OfProduct(KeywardConfig config) {
            instance = Instance.prepare(config, /* startAnew= */ false, InstantSource.system());
            instance.start();
        }

        @Override
        public boolean hasEnded() {
            return instance.hasEnded();
        }

        @Override
        public String reasonOfEnd() {
            try {
                instance.rethrowFailure();
                return "no failure";
            } catch (CommandFailedException failure) {
                return Outages.causes(failure).map(Throwable::toString).collect(Collectors.joining("; because of "));
            }
        }

        @Override
        public boolean isRestoring() {
            return InstanceHealth.readiness(instance).reasons().stream()
                    .anyMatch(reason -> reason.contains("left to restore"));
        }

        @Override
        public int refusals() {
            return 0;
        }

        @Override
        public void close() {
            instance.close();
        }
    }

    /// One that is broken on purpose.
    final class Broken implements LocalInstance {
        private final PlainProducers instance;

        private Broken(KeywardConfig config, boolean checked) {
            instance = new PlainProducers(config, checked);
        }

        @Override
        public boolean hasEnded() {
            return instance.hasEnded();
        }

        @Override
        public String reasonOfEnd() {
            return "see the log";
        }

        @Override
        public boolean isRestoring() {
            return instance.isRestoring();
        }

        @Override
        public int refusals() {
            return instance.notWhole();
        }

        @Override
        public void close() {
            instance.close();
        }
    }
}
