package io.keyward.intake.audit;

import io.keyward.intake.IntakeObserver;
import io.keyward.intake.Publisher;
import java.time.InstantSource;

/// What the reading of audit logs needs from others.
record AuditPorts(Publisher publisher, IntakeObserver observer, InstantSource clock) {}
