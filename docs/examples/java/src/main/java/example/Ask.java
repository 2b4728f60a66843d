package example;

import io.keyward.client.GateAnswer;
import io.keyward.client.SuppressionGate;
import java.time.Instant;

/// Asks whether data may be delivered, until that is known.
public final class Ask {
    private Ask() {}

    /// Prints the answer.
    ///
    /// @param arguments tenant, environment, sink, event time (ISO-8601)
    public static void main(String... arguments) throws Exception {
        try (SuppressionGate gate = SuppressionGate.open(Sandbox.settings(), retraction -> {})) {
            Instant eventTime = Instant.parse(arguments[3]);
            GateAnswer answer = gate.check(arguments[0], arguments[1], arguments[2], eventTime);
            while (answer instanceof GateAnswer.Wait) {
                System.err.println(answer);
                Thread.sleep(500);
                answer = gate.check(arguments[0], arguments[1], arguments[2], eventTime);
            }
            System.out.println(answer);
        }
    }
}
