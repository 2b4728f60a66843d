package io.keyward.intake.audit;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.IntakeObserver;
import io.keyward.intake.Item;
import io.keyward.intake.Publisher;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;

/// What the reading of audit logs needs from others.
///
/// @param reader what the value of a record means for a tenant; never throws
record AuditPorts(
        BiFunction<TenantId, byte[], List<Item>> reader,
        Publisher publisher,
        IntakeObserver observer,
        InstantSource clock) {}
