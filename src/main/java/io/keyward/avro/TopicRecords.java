package io.keyward.avro;

import io.keyward.decision.AnalyticsSuppression;
import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.Warning;
import io.keyward.event.EnvironmentChanged;
import io.keyward.event.KeyExpiring;
import io.keyward.event.KeyRestored;
import io.keyward.event.KeyRevoked;
import io.keyward.event.KeyRotated;
import io.keyward.event.PolicyApplied;
import io.keyward.event.PolicyRemoved;
import io.keyward.event.TenantLimitChanged;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.apache.avro.specific.SpecificRecord;

/// The record that a topic's values hold, by the topic's name without prefix, in the contract's order.
public final class TopicRecords {

    private static final SequencedMap<String, Class<? extends SpecificRecord>> INPUTS = inputs();
    private static final SequencedMap<String, Class<? extends SpecificRecord>> OUTPUTS = outputs();

    private TopicRecords() {}

    /// The eight topics that are read.
    public static SequencedMap<String, Class<? extends SpecificRecord>> ofInputs() {
        return INPUTS;
    }

    /// The three topics that are written as Avro.
    public static SequencedMap<String, Class<? extends SpecificRecord>> ofOutputs() {
        return OUTPUTS;
    }

    private static SequencedMap<String, Class<? extends SpecificRecord>> inputs() {
        var inputs = new LinkedHashMap<String, Class<? extends SpecificRecord>>();
        inputs.put("policy-applied", PolicyApplied.class);
        inputs.put("policy-removed", PolicyRemoved.class);
        inputs.put("key-rotated", KeyRotated.class);
        inputs.put("key-revoked", KeyRevoked.class);
        inputs.put("key-restored", KeyRestored.class);
        inputs.put("key-expiring", KeyExpiring.class);
        inputs.put("environment-changed", EnvironmentChanged.class);
        inputs.put("tenant-limit-changed", TenantLimitChanged.class);
        return Collections.unmodifiableSequencedMap(inputs);
    }

    private static SequencedMap<String, Class<? extends SpecificRecord>> outputs() {
        var outputs = new LinkedHashMap<String, Class<? extends SpecificRecord>>();
        outputs.put("encryption-decisions", EncryptionDecision.class);
        outputs.put("warnings", Warning.class);
        outputs.put("analytics-suppressions", AnalyticsSuppression.class);
        return Collections.unmodifiableSequencedMap(outputs);
    }
}
