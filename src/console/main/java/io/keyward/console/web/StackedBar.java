package io.keyward.console.web;

import io.keyward.domain.decision.EncryptionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Shares of a whole, side by side on one bar.
///
/// @param shares in the order of the bar; empty ones are left out
record StackedBar(List<Share> shares) {
    /// Every state, those that need attention first.
    static final List<EncryptionState> STATES = List.of(
            EncryptionState.LOCKED,
            EncryptionState.RECOVERABLE,
            EncryptionState.CUSTOMER_MANAGED,
            EncryptionState.MICROSOFT_MANAGED,
            EncryptionState.DELETED);

    static final int WIDTH = 1000;

    /// The minimum width, so that every share is visible.
    private static final int SMALLEST = 12;

    /// A share with the words of its legend.
    record Share(Tone tone, String words, long count) {
        String css() {
            return "fill-" + tone.css();
        }
    }

    /// The location of a share on the bar.
    record Part(String css, int x, int width) {}

    /// A bar of environments by state.
    static StackedBar of(Map<EncryptionState, Long> counts) {
        return of(STATES, Sign::of, counts);
    }

    /// A bar of counts, each with the words and the tone of its sign.
    static <E> StackedBar of(List<E> order, Function<E, Sign> signs, Map<E, Long> counts) {
        return new StackedBar(order.stream()
                .map(each ->
                        new Share(signs.apply(each).tone(), signs.apply(each).words(), counts.getOrDefault(each, 0L)))
                .toList());
    }

    StackedBar {
        shares = shares.stream().filter(share -> share.count() > 0).toList();
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }

    /// The shares on a bar of [#WIDTH]. The extra width of small shares is taken from the largest.
    List<Part> parts() {
        double all = shares.stream().mapToDouble(Share::count).sum();
        List<Integer> widths = new ArrayList<>();
        shares.forEach(share -> widths.add(Math.max(SMALLEST, (int) Math.round(WIDTH * (share.count() / all)))));
        int excess = widths.stream().mapToInt(Integer::intValue).sum() - WIDTH;
        widths.stream()
                .max(Comparator.naturalOrder())
                .ifPresent(largest -> widths.set(widths.indexOf(largest), Math.max(SMALLEST, largest - excess)));
        List<Part> parts = new ArrayList<>();
        int x = 0;
        for (int i = 0; i < shares.size(); i++) {
            parts.add(new Part(shares.get(i).css(), x, widths.get(i)));
            x += widths.get(i);
        }
        return parts;
    }

    /// Such as `62 percent`. It is 100 only for the whole, and 0 only for nothing.
    static String percent(long part, long all) {
        if (part == all) {
            return "100 percent";
        }
        long percent = Math.clamp(Math.round(100.0 * part / all), part == 0 ? 0 : 1, 99);
        return percent + " percent";
    }
}
