package io.keyward.domain.fact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The newest facts of a kind, oldest first, without duplicates, at most `capacity` of them. Adding the same facts
/// in any order, any number of times, gives the same set.
///
/// @param evicted the latest time of the facts that were evicted beyond the capacity, if any were
/// @param oldestEvicted the earliest time of those facts; empty if none were evicted, or if it is not known
public record Newest<T extends Fact>(
        int capacity, List<T> facts, Optional<Instant> evicted, Optional<Instant> oldestEvicted)
        implements Iterable<T> {
    /// By their stamps, and by their text if the stamps are equal.
    private static final Comparator<Fact> ORDER =
            Comparator.comparing(Fact::stamp).thenComparing(Object::toString);

    public Newest {
        facts = List.copyOf(facts);
    }

    /// A set that has evicted nothing.
    public Newest(int capacity, List<T> facts) {
        this(capacity, facts, Optional.empty(), Optional.empty());
    }

    static <T extends Fact> Newest<T> none(int capacity) {
        return new Newest<>(capacity, List.of());
    }

    /// The same set with the fact in it. Facts beyond the newest `capacity` are evicted.
    Newest<T> with(T fact) {
        int found = Collections.binarySearch(facts, fact, ORDER);
        if (found >= 0) {
            return this;
        }
        if (facts.size() < capacity) {
            return holding(inserted(fact, -found - 1));
        }
        if (found == -1) {
            return evicting(fact.at());
        }
        List<T> grown = inserted(fact, -found - 1);
        return holding(grown.subList(1, grown.size())).evicting(facts.getFirst().at());
    }

    private List<T> inserted(T fact, int index) {
        List<T> grown = new ArrayList<>(facts.size() + 1);
        grown.addAll(facts);
        grown.add(index, fact);
        return grown;
    }

    private Newest<T> holding(List<T> others) {
        return new Newest<>(capacity, others, evicted, oldestEvicted);
    }

    private Newest<T> evicting(Instant at) {
        if (evicted.isEmpty()) {
            return new Newest<>(capacity, facts, Optional.of(at), Optional.of(at));
        }
        Instant newest = Instants.max(evicted.get(), at);
        Optional<Instant> oldest = oldestEvicted.map(known -> Instants.min(known, at));
        return new Newest<>(capacity, facts, Optional.of(newest), oldest);
    }

    /// The same set without the facts up to that time, including evicted ones.
    Newest<T> after(Instant moment) {
        Newest<T> rest = without(fact -> !fact.at().isAfter(moment));
        return rest.evicted.isPresent() && !rest.evicted.get().isAfter(moment)
                ? new Newest<>(capacity, rest.facts)
                : rest;
    }

    /// The same set without the facts that match.
    Newest<T> without(Predicate<T> unwanted) {
        return !facts.isEmpty() && facts.stream().anyMatch(unwanted)
                ? holding(facts.stream().filter(unwanted.negate()).toList())
                : this;
    }

    /// The time of the newest fact; [Instant#MIN] if there is none.
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
}
