package io.keyward.chaos.fault;

import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Patience;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;

/// Pauses an instance until the group has removed it and others have its tasks. Nothing that it writes for these tasks
/// afterwards may be committed.
///
/// The coordinator of transactions aborts one that is open for too long, and so fences its producer whatever else
/// happens. Therefore the instance is paused between two transactions.
final class LongPause {
    private static final Set<TransactionState> ENDED =
            Set.of(TransactionState.EMPTY, TransactionState.COMPLETE_COMMIT, TransactionState.COMPLETE_ABORT);

    private LongPause() {}

    static void of(FaultContext context, ProcessorInstance instance) {
        of(context, instance, () -> {});
    }

    /// @param meanwhile happens while it is paused, before others have its tasks
    static void of(FaultContext context, ProcessorInstance instance, Runnable meanwhile) {
        Map<String, TransactionDescription> fenced;
        try (ChildJvm.Paused _ = freezeBetweenTransactions(context, instance)) {
            Map<String, TransactionDescription> before = transactions(context);
            meanwhile.run();
            context.awaitWrites();
            fenced = unchanged(before, transactions(context));
            context.fenced().add(fenced.values());
        }
        context.fleet()
                .await(
                        "the paused instance has tasks again",
                        () -> unchanged(fenced, transactions(context)).size() < fenced.size());
        context.awaitWrites();
    }

    private static ChildJvm.Paused freezeBetweenTransactions(FaultContext context, ProcessorInstance instance) {
        while (true) {
            ChildJvm.Paused frozen = instance.freeze();
            if (transactions(context).values().stream().allMatch(of -> ENDED.contains(of.state()))) {
                return frozen;
            }
            frozen.close();
            Patience.pause();
        }
    }

    /// The others have written meanwhile, each transaction with another epoch.
    private static Map<String, TransactionDescription> unchanged(
            Map<String, TransactionDescription> before, Map<String, TransactionDescription> now) {
        return now.entrySet().stream()
                .filter(of -> before.containsKey(of.getKey())
                        && before.get(of.getKey()).producerEpoch()
                                == of.getValue().producerEpoch())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, TransactionDescription> transactions(FaultContext context) {
        return context.cluster().view().transactions(context.group() + "-");
    }
}
