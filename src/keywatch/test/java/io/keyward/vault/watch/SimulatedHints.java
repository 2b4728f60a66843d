package io.keyward.vault.watch;

import io.keyward.domain.event.KeyHint;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The topic of hints: the owner of a partition gets each hint, and a new owner those of the last minutes.
final class SimulatedHints {
    private final Reader reader;
    private final List<Told> told = new ArrayList<>();
    private final List<Flash> flashes = new ArrayList<>();

    private record Told(KeyHint hint, Instant written, Instant arrived) {}

    private record Flash(KeyId key, Instant from, Instant to) {}

    interface Reader {
        void hinted(TenantId tenant, KeyHint hint, Instant at);
    }

    SimulatedHints(Reader reader) {
        this.reader = reader;
    }

    /// Hints at a key, or at all keys of its vault.
    void tell(TenantId tenant, KeyId key, boolean vault, Instant written, Instant now) {
        KeyHint hint = new KeyHint(
                tenant, written, "simulated", key.vaultUri(), vault ? Optional.empty() : Optional.of(key.keyName()));
        told.add(new Told(hint, written, now));
        reader.hinted(tenant, hint, written);
    }

    /// A new owner reads the hints of the last minutes again.
    void tellAgain(Predicate<TenantId> ofItsPartition, Instant now) {
        told.removeIf(one -> one.written().isBefore(now.minus(KeptHints.AGE.multipliedBy(3))));
        told.stream()
                .filter(one -> !one.written().isBefore(now.minus(KeptHints.AGE)))
                .filter(one -> ofItsPartition.test(one.hint().tenantId()))
                .forEach(one -> reader.hinted(one.hint().tenantId(), one.hint(), one.written()));
    }

    /// When the first hint of that key arrived after this time.
    Optional<Instant> firstSince(TenantId tenant, KeyId key, Instant moment) {
        return told.stream()
                .filter(one ->
                        one.hint().tenantId().equals(tenant) && one.hint().concerns(key))
                .map(Told::arrived)
                .filter(arrived -> !arrived.isBefore(moment))
                .findFirst();
    }

    /// The key was unusable for too short a time for a revocation.
    void flashed(KeyId key, Instant from, Instant to) {
        flashes.add(new Flash(key, from, to));
    }

    boolean isFlash(KeyId key, Instant moment) {
        return flashes.stream()
                .anyMatch(flash ->
                        flash.key().equals(key) && !moment.isBefore(flash.from()) && !moment.isAfter(flash.to()));
    }
}
