package io.keyward.console.web;

import io.keyward.console.answer.KeyAnswer;
import io.keyward.console.answer.KeyAnswer.User.Use;
import io.keyward.domain.decision.EncryptionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The environments that depend on a key, drawn as signs around it: innermost those whose data is under it, then
/// those with backups, then the rest.
///
/// @param rings the radii of the circles that separate these groups
/// @param caption what one sign stands for
/// @param sentence the picture in words
record BlastPicture(List<Integer> rings, List<Dot> dots, String caption, String sentence) {
    private static final int INNERMOST = 42;
    private static final int OUTERMOST = 152;

    /// The maximum number of signs. If there are more environments, one sign stands for several.
    private static final int MOST_DOTS = 240;

    /// @param path the shape, in a square of 16 by 16 that the transformation moves and scales
    record Dot(String css, String transform, String path) {}

    static BlastPicture of(KeyAnswer answer) {
        KeyAnswer.Totals totals = answer.totals();
        long decided =
                totals.statesByUse().values().stream().mapToLong(Words::sum).sum();
        long each = Math.max(1, (decided + MOST_DOTS - 1) / MOST_DOTS);
        Circles circles = new Circles(cell(decided));
        for (Use use : Use.values()) {
            if (totals.uses().containsKey(use)) {
                circles.group(signs(totals.statesByUse().getOrDefault(use, Map.of()), each));
            }
        }
        return new BlastPicture(List.copyOf(circles.rings), List.copyOf(circles.dots), caption(each), sentence(totals));
    }

    /// The width and height of the picture, with the key in the middle.
    int size() {
        return 2 * (rings.isEmpty() ? INNERMOST : rings.getLast()) + 8;
    }

    /// The SVG view box.
    String box() {
        return "%d %d %d %d".formatted(-size() / 2, -size() / 2, size(), size());
    }

    private static int cell(long users) {
        return users <= 24 ? 30 : users <= 90 ? 20 : 12;
    }

    private static List<EncryptionState> signs(Map<EncryptionState, Long> states, long each) {
        List<EncryptionState> signs = new ArrayList<>();
        for (EncryptionState state : StackedBar.STATES) {
            long count = states.getOrDefault(state, 0L);
            for (long drawn = 0; drawn < count; drawn += each) {
                signs.add(state);
            }
        }
        return signs;
    }

    private static String caption(long each) {
        return (each == 1 ? "Each sign is an environment" : "Each sign stands for up to " + each + " environments")
                + "; those whose data is under the key are nearest to it.";
    }

    private static String sentence(KeyAnswer.Totals totals) {
        return Stream.of(Use.values())
                .map(use -> Words.of(use) + ": " + totals.uses().getOrDefault(use, 0L))
                .collect(Collectors.joining(". ", "Environments around the key. ", "."));
    }

    /// Places signs on circles from the inside to the outside.
    private static final class Circles {
        private final List<Integer> rings = new ArrayList<>();
        private final List<Dot> dots = new ArrayList<>();
        private final int cell;
        private double radius = INNERMOST;

        Circles(int cell) {
            this.cell = cell;
        }

        /// Places a group of environments, and a ring around it.
        void group(List<EncryptionState> signs) {
            int placed = 0;
            while (placed < signs.size()) {
                int onThis = Math.min(signs.size() - placed, (int) (2 * Math.PI * radius / cell));
                for (int i = 0; i < onThis; i++) {
                    place(signs.get(placed + i), 2 * Math.PI * i / onThis);
                }
                placed += onThis;
                radius = Math.min(OUTERMOST, radius + cell);
            }
            rings.add((int) Math.round(radius - cell / 4.0));
            radius = Math.min(OUTERMOST, radius + cell / 2.0);
        }

        private void place(EncryptionState state, double angle) {
            double size = cell * 0.8;
            double x = radius * Math.sin(angle) - size / 2;
            double y = -radius * Math.cos(angle) - size / 2;
            dots.add(new Dot(
                    "fill-" + Sign.of(state).tone().css(),
                    String.format(Locale.ROOT, "translate(%.1f %.1f) scale(%.3f)", x, y, size / 16),
                    Sign.of(state).shape().path()));
        }
    }
}
