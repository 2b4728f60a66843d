package io.keyward.chaos.guarantee;

import io.keyward.chaos.cluster.Outputs;
import io.keyward.chaos.load.BadRecords;
import io.keyward.chaos.load.EventEncoder;
import io.keyward.chaos.load.Input;
import io.keyward.chaos.load.InputSource;
import io.keyward.chaos.load.Misplacement;
import io.keyward.chaos.load.SentInputs;
import io.keyward.client.Coordinates;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// Every refused record is in the dead letters once, as it was received and with the right code, and no other
/// record is.
final class RefusedOnce implements Guarantee {
    @Override
    public String name() {
        return "refused once";
    }

    @Override
    public List<InputSource> sources(EventEncoder encoder, Random random, Misplacement misplacement) {
        return List.of(new BadRecords(encoder, random));
    }

    @Override
    public List<Violation> check(SentInputs history, Outputs outputs) {
        Map<Coordinates, List<Outputs.DeadLetter>> letters =
                outputs.deadLetters().stream().collect(Collectors.groupingBy(Outputs.DeadLetter::origin));
        List<Violation> violations = new ArrayList<>();
        Set<Coordinates> sentCoordinates =
                history.sent().stream().map(SentInputs.Sent::coordinates).collect(Collectors.toSet());
        letters.keySet().stream()
                .filter(origin -> !sentCoordinates.contains(origin))
                .forEach(origin -> violations.add(Violation.doubled(origin + " was refused, and nobody sent it")));
        for (SentInputs.Sent sent : history.sent()) {
            List<Outputs.DeadLetter> found = letters.getOrDefault(sent.coordinates(), List.of());
            switch (sent.input().expectation()) {
                case Input.IsRefused refused -> check(sent, refused, found, violations);
                case Input.Decides _, Input.States _ ->
                    found.forEach(letter -> violations.add(Violation.lost(
                            "%s is a good record, and was refused: %s".formatted(sent.coordinates(), letter))));
            }
        }
        return violations;
    }

    private static void check(
            SentInputs.Sent sent, Input.IsRefused refused, List<Outputs.DeadLetter> found, List<Violation> violations) {
        if (found.isEmpty()) {
            violations.add(
                    Violation.lost("%s (%s) is not in the dead letters".formatted(sent.coordinates(), refused.code())));
        }
        for (Outputs.DeadLetter letter : found.subList(Math.min(1, found.size()), found.size())) {
            violations.add(Violation.doubled("%s has another dead letter: %s".formatted(sent.coordinates(), letter)));
        }
        for (Outputs.DeadLetter letter : found) {
            boolean asReceived = letter.value().equals(sent.input().value().map(ByteBuffer::wrap));
            if (!asReceived || !letter.reason().equals(refused.code().name())) {
                violations.add(Violation.lost("%s should be refused as received with %s, and is: %s"
                        .formatted(sent.coordinates(), refused.code(), letter)));
            }
        }
    }
}
