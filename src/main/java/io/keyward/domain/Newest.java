package io.keyward.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/// The newest facts of a kind, oldest first, without duplicates, at most `capacity` of them: adding the same facts in
/// any order, any number of times, ends in the same set.
public record Newest<T extends Fact>(int capacity, List<T> facts) implements Iterable<T> {
    public Newest {
        facts = List.copyOf(facts);
    }

    static <T extends Fact> Newest<T> none(int capacity) {
        return new Newest<>(capacity, List.of());
    }

    /// The same set with the fact in it; what is older than the newest `capacity` is let go.
    Newest<T> with(T fact) {
        int found = Collections.binarySearch(facts, fact, order());
        if (found >= 0 || (facts.size() == capacity && found == -1)) {
            return this;
        }
        List<T> grown = new ArrayList<>(facts.size() + 1);
        grown.addAll(facts);
        grown.add(-found - 1, fact);
        return new Newest<>(capacity, grown.size() > capacity ? grown.subList(1, grown.size()) : grown);
    }

    /// The same set without the facts that match.
    Newest<T> without(Predicate<T> unwanted) {
        return !facts.isEmpty() && facts.stream().anyMatch(unwanted)
                ? new Newest<>(
                        capacity, facts.stream().filter(unwanted.negate()).toList())
                : this;
    }

    /// The time of the newest one; [Instant#MIN] where there is none.
    Instant latest() {
        return facts.isEmpty() ? Instant.MIN : facts.getLast().at();
    }

    public boolean isEmpty() {
        return facts.isEmpty();
    }

    @Override
    public Iterator<T> iterator() {
        return facts.iterator();
    }

    /// Facts by their stamps; at one and the same stamp their text decides.
    static <T extends Fact> Comparator<T> order() {
        return Comparator.<T, Stamp>comparing(Fact::stamp).thenComparing(Object::toString);
    }
}
