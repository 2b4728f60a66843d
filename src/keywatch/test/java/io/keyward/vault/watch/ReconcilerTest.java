package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.CONTOSO;
import static io.keyward.vault.watch.Answers.KEY;
import static io.keyward.vault.watch.Answers.about;
import static io.keyward.vault.watch.Answers.answer;
import static io.keyward.vault.watch.Answers.at;
import static io.keyward.vault.watch.Answers.denied;
import static io.keyward.vault.watch.Answers.disabled;
import static io.keyward.vault.watch.Answers.found;
import static io.keyward.vault.watch.Answers.usable;
import static io.keyward.vault.watch.Answers.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.KeywardConfig;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.vault.DenialReason;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Which events follow from facts and evidence. Three agreeing answers make a proof, and revocations from other
/// sources are trusted for 15 minutes. Times are in minutes. Keyward asks as the platform does, where nothing else is
/// said.
class ReconcilerTest {
    @TestFactory
    Stream<DynamicTest> rotations() {
        return Stream.of(
                row("the first version seen is stated", given(usable(1, "v1")), rotated(1, "v1")),
                row("also one that cannot be used", given(disabled(1, "v1")), suspecting(rotated(1, "v1"))),
                row("a version that is known is not", given(usable(1, "v1")).known(rotated(0, "v1")), nothing()),
                row(
                        "a new version is stated once it has wrapped and unwrapped",
                        given(usable(1, "v1"), usable(2, "v2")).known(rotated(0, "v1")),
                        rotated(2, "v2")),
                row(
                        "as long as it is disabled data stays under the one before",
                        given(usable(1, "v1"), disabled(2, "v2")).known(rotated(0, "v1")),
                        suspecting()),
                row(
                        "an answer from before a rotation says nothing against it",
                        given(usable(1, "v1")).known(rotated(2, "v2")),
                        nothing()),
                row(
                        "to go back to a known version takes a proof",
                        given(usable(31, "v1"), usable(32, "v1"))
                                .known(rotated(0, "v1"))
                                .known(rotated(1, "v2")),
                        suspecting()),
                row(
                        "and then it is stated",
                        given(usable(31, "v1"), usable(32, "v1"), usable(33, "v1"))
                                .known(rotated(0, "v1"))
                                .known(rotated(1, "v2")),
                        rotated(33, "v1")),
                row(
                        "but not from what may be an old copy",
                        given(usable(5, "v1"), usable(6, "v1"), usable(7, "v1"))
                                .known(rotated(0, "v1"))
                                .known(rotated(1, "v2")),
                        nothing()),
                row(
                        "nor from answers about the version in between",
                        given(usable(31, "v2"), usable(32, "v1"), usable(33, "v1"))
                                .known(rotated(0, "v1"))
                                .known(rotated(1, "v2")),
                        suspecting()),
                row(
                        "a version that was but the one before is known, too",
                        given(usable(31, "v0")).known(rotated(1, "v1", "v0")),
                        suspecting()));
    }

    @TestFactory
    Stream<DynamicTest> revocations() {
        Given v1 = given().known(rotated(0, "v1"));
        return Stream.of(
                row("one refusal is a suspicion", v1.and(disabled(1, "v1")), suspecting()),
                row("two are", v1.and(disabled(1, "v1"), disabled(2, "v1")), suspecting()),
                row(
                        "three are a proof, true since the first",
                        v1.and(disabled(1, "v1"), disabled(2, "v1"), disabled(3, "v1")),
                        revoked(1, "v1", RevocationCause.KEY_DISABLED)),
                row(
                        "a usable answer in between restarts the count",
                        v1.and(disabled(1, "v1"), usable(2, "v1"), disabled(3, "v1"), disabled(4, "v1")),
                        suspecting()),
                row(
                        "a deleted key is revoked whole",
                        v1.and(threeTimes(found(ProbeOutcome.DELETED_RECOVERABLE, "v1"))),
                        revoked(1, null, RevocationCause.KEY_DELETED)),
                row(
                        "so is one that is not there at all",
                        v1.and(threeTimes(found(ProbeOutcome.ABSENT))),
                        revoked(1, null, RevocationCause.KEY_DELETED)),
                row(
                        "so is one that we may not use",
                        v1.and(threeTimes(denied(DenialReason.RBAC).about(Answers.describing("v1"))))
                                .now(at(16)),
                        revoked(1, null, RevocationCause.ACCESS_REMOVED)),
                row(
                        "but not before others could be seen to be denied, too",
                        v1.and(threeTimes(denied(DenialReason.RBAC))).now(at(15.9)),
                        nothing()),
                row(
                        "so is one that the vault's directory refuses to us",
                        v1.and(threeTimes(denied(DenialReason.DIRECTORY))).now(at(16)),
                        revoked(1, null, RevocationCause.ACCESS_REMOVED)),
                row(
                        "so is one behind a firewall, after an hour",
                        v1.and(threeTimes(denied(DenialReason.NETWORK))).now(at(61)),
                        revoked(1, null, RevocationCause.NETWORK_BLOCKED)),
                row(
                        "not before",
                        v1.and(threeTimes(denied(DenialReason.NETWORK))).now(at(60.9)),
                        nothing()),
                row(
                        "a denial without a reason may be the firewall's",
                        v1.and(threeTimes(found(ProbeOutcome.ACCESS_DENIED))).now(at(60.9)),
                        nothing()),
                row(
                        "and is known to last then",
                        v1.and(threeTimes(found(ProbeOutcome.ACCESS_DENIED))).now(at(61)),
                        revoked(1, null, RevocationCause.ACCESS_REMOVED)),
                row(
                        "denials of other kinds do not confirm each other",
                        v1.and(deniedAt(DenialReason.NETWORK, 1), deniedAt(DenialReason.RBAC, 62))
                                .and(deniedAt(DenialReason.RBAC, 63)),
                        suspecting()),
                row(
                        "denials by roles and by policies do",
                        v1.and(deniedAt(DenialReason.RBAC, 1), deniedAt(DenialReason.POLICY, 2))
                                .and(deniedAt(DenialReason.POLICY, 17)),
                        revoked(1, null, RevocationCause.ACCESS_REMOVED)),
                row(
                        "what others have restored since is denied since then",
                        v1.known(restored(1.5, null, null))
                                .and(deniedAt(DenialReason.RBAC, 1), deniedAt(DenialReason.RBAC, 2))
                                .and(deniedAt(DenialReason.RBAC, 3), deniedAt(DenialReason.RBAC, 18)),
                        revoked(2, null, RevocationCause.ACCESS_REMOVED)),
                row(
                        "an expired version is",
                        v1.and(threeTimes(found(ProbeOutcome.EXPIRED, "v1"))),
                        revoked(1, "v1", RevocationCause.KEY_EXPIRED)),
                row(
                        "an expired version that is disabled takes three more, since an expired one still unwraps",
                        v1.and(answer(1, found(ProbeOutcome.EXPIRED, "v1")), disabled(2, "v1"), disabled(3, "v1")),
                        suspecting()),
                row(
                        "different causes do not count together",
                        v1.and(
                                disabled(1, "v1"),
                                answer(2, found(ProbeOutcome.DELETED_RECOVERABLE)),
                                answer(3, found(ProbeOutcome.DELETED_RECOVERABLE))),
                        suspecting()),
                row(
                        "different answers with one cause do",
                        v1.and(
                                answer(1, found(ProbeOutcome.ABSENT)),
                                answer(2, found(ProbeOutcome.DELETED_RECOVERABLE)),
                                answer(3, found(ProbeOutcome.DELETED_RECOVERABLE))),
                        revoked(1, null, RevocationCause.KEY_DELETED)),
                row(
                        "what is known is not stated again",
                        v1.known(revoked(0, "v1", RevocationCause.KEY_DISABLED))
                                .and(threeTimes(found(ProbeOutcome.DISABLED, "v1"))),
                        nothing()),
                row(
                        "nor if it is known of the whole key",
                        v1.known(revoked(0, null, RevocationCause.KEY_DISABLED))
                                .and(threeTimes(found(ProbeOutcome.DISABLED, "v1"))),
                        nothing()),
                row(
                        "for another reason it is",
                        v1.known(revoked(0, null, RevocationCause.OTHER))
                                .and(threeTimes(found(ProbeOutcome.DISABLED, "v1"))),
                        revoked(1, "v1", RevocationCause.KEY_DISABLED)),
                row(
                        "what others have restored since is not revoked by older answers",
                        v1.known(restored(1.5, null, null)).and(threeTimes(found(ProbeOutcome.DISABLED, "v1"))),
                        suspecting()),
                row(
                        "but by newer ones",
                        v1.known(restored(0.5, null, null)).and(threeTimes(found(ProbeOutcome.DISABLED, "v1"))),
                        revoked(1, "v1", RevocationCause.KEY_DISABLED)),
                row(
                        "or if it was restored for another reason",
                        v1.known(restored(5, null, RevocationCause.ACCESS_REMOVED))
                                .and(threeTimes(found(ProbeOutcome.DISABLED, "v1"))),
                        revoked(1, "v1", RevocationCause.KEY_DISABLED)),
                row(
                        "that another version is revoked says nothing of this one",
                        v1.known(revoked(0, "v2", RevocationCause.KEY_DISABLED))
                                .and(threeTimes(found(ProbeOutcome.DISABLED, "v1"))),
                        revoked(1, "v1", RevocationCause.KEY_DISABLED)));
    }

    @TestFactory
    Stream<DynamicTest> versionsThatAreNotCurrent() {
        Given v2 = given(usable(1, "v2"), usable(2, "v2"), usable(3, "v2"))
                .known(rotated(-100, "v1"))
                .known(rotated(-50, "v2"))
                .depends("v1", "v2");
        return Stream.of(
                row(
                        "are revoked on their own",
                        v2.and(
                                about("v1", 1, ProbeOutcome.DISABLED),
                                about("v1", 2, ProbeOutcome.DISABLED),
                                about("v1", 3, ProbeOutcome.DISABLED)),
                        revoked(1, "v1", RevocationCause.KEY_DISABLED)),
                row(
                        "are deleted when the key is there without them",
                        v2.and(
                                about("v1", 1, ProbeOutcome.ABSENT),
                                about("v1", 2, ProbeOutcome.ABSENT),
                                about("v1", 2.5, ProbeOutcome.ABSENT)),
                        revoked(1, "v1", RevocationCause.KEY_DELETED)),
                row(
                        "are not while the key may be gone as a whole",
                        v2.and(
                                about("v1", 4, ProbeOutcome.ABSENT),
                                about("v1", 5, ProbeOutcome.ABSENT),
                                about("v1", 6, ProbeOutcome.ABSENT)),
                        nothing()),
                row(
                        "that are denied to us deny the key",
                        v2.and(
                                        about("v1", 1, ProbeOutcome.ACCESS_DENIED),
                                        about("v1", 2, ProbeOutcome.ACCESS_DENIED),
                                        about("v1", 3, ProbeOutcome.ACCESS_DENIED))
                                .now(at(61)),
                        revoked(1, null, RevocationCause.ACCESS_REMOVED)),
                row(
                        "are revoked though nothing is known of what is current",
                        given().depends("v1")
                                .and(
                                        about("v1", 1, ProbeOutcome.DISABLED),
                                        about("v1", 2, ProbeOutcome.DISABLED),
                                        about("v1", 3, ProbeOutcome.DISABLED)),
                        revoked(1, "v1", RevocationCause.KEY_DISABLED)),
                row(
                        "show that the key is deleted, as of when they first did",
                        given().depends("v1")
                                .and(
                                        about("v1", 1, ProbeOutcome.ABSENT),
                                        about("v1", 2, ProbeOutcome.DELETED_RECOVERABLE),
                                        about("v1", 3, ProbeOutcome.DELETED_RECOVERABLE)),
                        revoked(2, null, RevocationCause.KEY_DELETED)),
                row(
                        "are not deleted on their own where the key is not there either",
                        v2.and(
                                answer(4, found(ProbeOutcome.ABSENT)),
                                about("v1", 1, ProbeOutcome.ABSENT),
                                about("v1", 2, ProbeOutcome.ABSENT),
                                about("v1", 3, ProbeOutcome.ABSENT)),
                        suspecting()));
    }

    @TestFactory
    Stream<DynamicTest> restorations() {
        Given disabled = given().known(rotated(-100, "v1")).known(ours(revoked(0, "v1", RevocationCause.KEY_DISABLED)));
        Given byOthers = given().known(rotated(-100, "v1")).known(revoked(0, null, RevocationCause.KEY_DISABLED));
        return Stream.of(
                row("one usable answer is a hope", disabled.and(usable(1, "v1")), suspecting()),
                row(
                        "three are a proof, true since the last",
                        disabled.and(usable(1, "v1"), usable(2, "v1"), usable(3, "v1")),
                        restored(3, "v1", RevocationCause.KEY_DISABLED)),
                row(
                        "answers from before the revocation are none",
                        disabled.and(usable(-2, "v1"), usable(-1, "v1"), usable(0, "v1")),
                        nothing()),
                row(
                        "an expired key is enabled, and no more",
                        disabled.known(ours(revoked(0, "v1", RevocationCause.KEY_EXPIRED)))
                                .and(threeTimes(found(ProbeOutcome.EXPIRED, "v1"))),
                        restored(3, "v1", RevocationCause.KEY_DISABLED)),
                row(
                        "another version that is usable opens nothing",
                        disabled.and(usable(1, "v2"), usable(2, "v2"), usable(3, "v2")),
                        rotated(3, "v2")),
                row(
                        "others are taken at their word for a while",
                        byOthers.and(usable(1, "v1"), usable(2, "v1"), usable(3, "v1")),
                        nothing()),
                row(
                        "but not for ever",
                        byOthers.and(usable(16, "v1"), usable(17, "v1"), usable(18, "v1")),
                        restored(18, null, RevocationCause.KEY_DISABLED)),
                row(
                        "what no vault can show is for others to take back",
                        given().known(rotated(-100, "v1"))
                                .known(revoked(0, null, RevocationCause.POLICY_DELETED))
                                .known(revoked(0, null, RevocationCause.OTHER))
                                .known(revoked(0, null, RevocationCause.UNKNOWN))
                                .and(usable(16, "v1"), usable(17, "v1"), usable(18, "v1")),
                        nothing()),
                row(
                        "what we have stated as another reason is for us",
                        given().known(rotated(-100, "v1"))
                                .known(ours(revoked(0, "v1", RevocationCause.OTHER)))
                                .and(usable(1, "v1"), usable(2, "v1"), usable(3, "v1")),
                        restored(3, "v1", RevocationCause.OTHER)),
                row(
                        "a whole key is open only when each version that counts is",
                        byOthers.depends("v0", "v1").and(usable(16, "v1"), usable(17, "v1"), usable(18, "v1")),
                        nothing()),
                row(
                        "and then it is",
                        byOthers.depends("v0", "v1")
                                .and(usable(16, "v1"), usable(17, "v1"), usable(18, "v1"))
                                .and(
                                        about("v0", 16, ProbeOutcome.USABLE),
                                        about("v0", 17, ProbeOutcome.USABLE),
                                        about("v0", 19, ProbeOutcome.USABLE)),
                        restored(19, null, RevocationCause.KEY_DISABLED)),
                row(
                        "a key recreated under its old name restores nothing",
                        given().known(rotated(-100, "v1"))
                                .known(ours(revoked(0, null, RevocationCause.KEY_DELETED)))
                                .and(usable(1, "v9"), usable(2, "v9"), usable(3, "v9")),
                        rotated(3, "v9")),
                row(
                        "while another revocation is on its way, nothing is opened",
                        given().known(rotated(-100, "v1"))
                                .known(ours(revoked(0, null, RevocationCause.KEY_DELETED)))
                                .and(threeTimes(found(ProbeOutcome.DISABLED, "v1"))),
                        revoked(1, "v1", RevocationCause.KEY_DISABLED)),
                row(
                        "nor before it has arrived",
                        given().known(rotated(-100, "v1"))
                                .known(ours(revoked(0, null, RevocationCause.KEY_DELETED)))
                                .onItsWay(revoked(1, "v1", RevocationCause.KEY_DISABLED))
                                .and(threeTimes(found(ProbeOutcome.DISABLED, "v1"))),
                        nothing()),
                row(
                        "what opens the whole key opens each of its versions, and is stated once",
                        byOthers.known(revoked(-1, "v1", RevocationCause.KEY_DISABLED))
                                .and(usable(16, "v1"), usable(17, "v1"), usable(18, "v1")),
                        restored(18, null, RevocationCause.KEY_DISABLED)),
                row(
                        "a whole key is not open while the version is not that was current when it was revoked",
                        byOthers.known(rotated(2, "v2")).and(usable(18, "v2"), usable(19, "v2"), usable(20, "v2")),
                        nothing()),
                row(
                        "and then it is, whatever was current before",
                        byOthers.known(rotated(-200, "v0"))
                                .known(rotated(2, "v2"))
                                .and(usable(18, "v2"), usable(19, "v2"), usable(20, "v2"))
                                .and(
                                        about("v1", 18, ProbeOutcome.USABLE),
                                        about("v1", 19, ProbeOutcome.USABLE),
                                        about("v1", 21, ProbeOutcome.USABLE)),
                        restored(21, null, RevocationCause.KEY_DISABLED)));
    }

    /// The policy's identity reaches keys, not Keyward's, so what is granted or refused to Keyward is true of Keyward.
    @TestFactory
    Stream<DynamicTest> whatIsTrueOfKeywardOnly() {
        Given v1 = given().known(rotated(-100, "v1"));
        return Stream.of(
                row(
                        "a lock of the policy's lost access is not lifted by Keyward's access",
                        v1.asKeyward()
                                .known(revoked(0, null, RevocationCause.ACCESS_REMOVED))
                                .and(usable(16, "v1"), usable(17, "v1"), usable(18, "v1")),
                        nothing()),
                row(
                        "a denial of Keyward's identity locks nothing",
                        v1.asKeyward()
                                .and(deniedAt(DenialReason.RBAC, 1), deniedAt(DenialReason.RBAC, 2))
                                .and(deniedAt(DenialReason.RBAC, 17), deniedAt(DenialReason.RBAC, 18)),
                        nothing()),
                row(
                        "a read that shows it disabled between denials does, if it is confirmed",
                        v1.asKeyward()
                                .and(deniedAt(DenialReason.RBAC, 1), disabled(2, "v1"))
                                .and(disabled(3, "v1"), disabled(4, "v1")),
                        revoked(2, "v1", RevocationCause.KEY_DISABLED)),
                row(
                        "a denial confirms no answer about the key",
                        v1.asKeyward()
                                .and(disabled(1, "v1"), deniedAt(DenialReason.RBAC, 2))
                                .and(disabled(3, "v1"), disabled(4, "v1")),
                        suspecting()));
    }

    /// A key that was created again under the name of a deleted one cannot unwrap what is under the deleted one.
    @TestFactory
    Stream<DynamicTest> deletionsFromOtherSources() {
        Event.KeyRevoked deleted = revoked(0, null, RevocationCause.KEY_DELETED);
        Given usable = given(usable(16, "v1"), usable(17, "v1"), usable(18, "v1"));
        return Stream.of(
                row(
                        "end when the version from before is usable",
                        usable.known(rotated(-100, "v1")).known(deleted),
                        restored(18, null, RevocationCause.KEY_DELETED)),
                row(
                        "do not while no version is known from before",
                        usable.known(rotated(16, "v1")).known(deleted),
                        nothing()),
                row(
                        "end when a version is usable that a policy pins",
                        usable.known(rotated(16, "v1"))
                                .known(deleted)
                                .depends("v0")
                                .and(
                                        about("v0", 16, ProbeOutcome.USABLE),
                                        about("v0", 17, ProbeOutcome.USABLE),
                                        about("v0", 18, ProbeOutcome.USABLE)),
                        restored(18, null, RevocationCause.KEY_DELETED)),
                row(
                        "do not while a version that is in use is not",
                        usable.known(rotated(-100, "v1")).known(deleted).depends("v0"),
                        nothing()),
                row(
                        "do not when the key is only expired",
                        given().known(rotated(-100, "v1"))
                                .known(revoked(-50, null, RevocationCause.KEY_EXPIRED))
                                .known(deleted)
                                .and(answer(16, found(ProbeOutcome.EXPIRED, "v1")))
                                .and(answer(17, found(ProbeOutcome.EXPIRED, "v1")))
                                .and(answer(18, found(ProbeOutcome.EXPIRED, "v1"))),
                        nothing()));
    }

    @TestFactory
    Stream<DynamicTest> expiries() {
        Given v1 = given().known(rotated(0, "v1"));
        Instant inTwentyDays = at(0).plus(Duration.ofDays(20));
        Instant inFortyDays = at(0).plus(Duration.ofDays(40));
        return Stream.of(
                row("what expires far ahead is not announced", v1.and(expiring(1, "v1", inFortyDays)), nothing()),
                row(
                        "within the first term it is, as of the moment that it came within it",
                        v1.and(expiring(1, "v1", inTwentyDays)),
                        announced(inTwentyDays.minus(Duration.ofDays(30)), "v1", inTwentyDays)),
                row(
                        "once for each term",
                        v1.known(announced(inTwentyDays.minus(Duration.ofDays(30)), "v1", inTwentyDays))
                                .and(expiring(1, "v1", inTwentyDays)),
                        nothing()),
                row(
                        "the next term is announced in its turn",
                        v1.known(announced(inTwentyDays.minus(Duration.ofDays(30)), "v1", inTwentyDays))
                                .and(expiring(1, "v1", inTwentyDays))
                                .now(inTwentyDays.minus(Duration.ofDays(13))),
                        announced(inTwentyDays.minus(Duration.ofDays(14)), "v1", inTwentyDays)),
                row(
                        "of several terms that have passed the last one counts",
                        v1.and(expiring(1, "v1", inTwentyDays)).now(inTwentyDays.minus(Duration.ofHours(5))),
                        announced(inTwentyDays.minus(Duration.ofDays(1)), "v1", inTwentyDays)),
                row(
                        "another date than the one announced is a difference",
                        v1.known(announced(at(0), "v1", inTwentyDays)).and(expiring(1, "v1", inFortyDays)),
                        announced(at(1), "v1", inFortyDays)),
                row(
                        "unless the announcement is newer than the answer",
                        v1.known(announced(at(2), "v1", inTwentyDays)).and(expiring(1, "v1", inFortyDays)),
                        nothing()),
                row(
                        "what has expired is not announced any more",
                        v1.and(expiring(1, "v1", inTwentyDays)).now(inTwentyDays),
                        nothing()),
                row(
                        "what is announced of one version says nothing of another",
                        v1.known(announced(at(0), "v0", inFortyDays)).and(expiring(1, "v1", inTwentyDays)),
                        announced(inTwentyDays.minus(Duration.ofDays(30)), "v1", inTwentyDays)));
    }

    @Test
    void whoeverFindsTheSameDifferenceFromTheSameFactsCallsItTheSame() {
        Given here = given().known(rotated(0, "v1"));
        List<Event.OfKey> one = here.and(threeTimes(found(ProbeOutcome.DISABLED, "v1")))
                .judged()
                .proven();
        List<Event.OfKey> other = here.and(disabled(7, "v1"), disabled(8, "v1"), disabled(9, "v1"))
                .judged()
                .proven();
        assertThat(ids(one)).hasSize(1).isEqualTo(ids(other));

        List<Event.OfKey> later = here.known(revoked(10, "v1", RevocationCause.KEY_DISABLED))
                .known(restored(11, null, null))
                .and(disabled(12, "v1"), disabled(13, "v1"), disabled(14, "v1"))
                .judged()
                .proven();
        assertThat(ids(later)).hasSize(1).isNotEqualTo(ids(one));
    }

    private static List<EventId> ids(List<Event.OfKey> events) {
        return events.stream().map(event -> event.stamp().eventId()).toList();
    }

    private static DynamicTest row(String rule, Given given, Event.OfKey expected) {
        return row(rule, given, new Expected(List.of(expected), false));
    }

    private static DynamicTest row(String rule, Given given, Expected expected) {
        return DynamicTest.dynamicTest(rule, () -> {
            Reconciler.Reconciliation judgement = given.judged();
            assertThat(judgement.proven().stream().map(ReconcilerTest::anonymous))
                    .isEqualTo(expected.events().stream()
                            .map(ReconcilerTest::anonymous)
                            .toList());
            assertThat(judgement.suspicion()).as("suspicion").isEqualTo(expected.suspicion());
            KeyFacts facts = given.facts();
            for (Event.OfKey event : judgement.proven()) {
                facts = facts.with(event);
            }
            assertThat(ids(given.knowing(facts).judged().proven()))
                    .as("once it is known")
                    .noneMatch(ids(judgement.proven())::contains);
        });
    }

    private record Expected(List<Event.OfKey> events, boolean suspicion) {}

    private static Expected nothing() {
        return new Expected(List.of(), false);
    }

    private static Expected suspecting(Event.OfKey... events) {
        return new Expected(List.of(events), true);
    }

    /// The event without its id. Ids have their own test.
    private static Event anonymous(Event.OfKey event) {
        Stamp stamp = new Stamp(event.occurredAt(), new EventId("any"));
        return switch (event) {
            case Event.KeyRotated e ->
                new Event.KeyRotated(e.tenantId(), stamp, e.key(), e.newVersion(), Optional.empty(), Optional.empty());
            case Event.KeyRevoked e -> new Event.KeyRevoked(e.tenantId(), stamp, e.key(), e.version(), e.cause());
            case Event.KeyRestored e -> new Event.KeyRestored(e.tenantId(), stamp, e.key(), e.version(), e.cause());
            case Event.KeyExpiring e -> new Event.KeyExpiring(e.tenantId(), stamp, e.key(), e.version(), e.expiresAt());
        };
    }

    /// The facts about the key and its vault's answers.
    private record Given(
            KeyFacts facts,
            boolean underway,
            Set<KeyVersion> versions,
            List<ProbeAnswer> answers,
            Optional<Instant> moment,
            KeywardConfig settings) {
        Given asKeyward() {
            return new Given(facts, underway, versions, answers, moment, VirtualWeeksTest.DEFAULT);
        }

        Given known(Event.OfKey event) {
            return knowing(facts.with(event));
        }

        Given knowing(KeyFacts all) {
            return new Given(all, underway, versions, answers, moment, settings);
        }

        Given onItsWay(Event.KeyRevoked event) {
            return new Given(facts.with(event), true, versions, answers, moment, settings);
        }

        Given depends(String... names) {
            Set<KeyVersion> more = new HashSet<>();
            Stream.of(names).map(Answers::version).forEach(more::add);
            return new Given(facts, underway, more, answers, moment, settings);
        }

        Given and(ProbeAnswer... more) {
            List<ProbeAnswer> all = new ArrayList<>(answers);
            all.addAll(List.of(more));
            return new Given(facts, underway, versions, all, moment, settings);
        }

        Given now(Instant now) {
            return new Given(facts, underway, versions, answers, Optional.of(now), settings);
        }

        Reconciler.Reconciliation judged() {
            List<ProbeAnswer> current =
                    answers.stream().filter(a -> a.asFor().isEmpty()).toList();
            Map<KeyVersion, List<ProbeAnswer>> others = new HashMap<>();
            answers.stream()
                    .filter(a -> a.asFor().isPresent())
                    .forEach(a -> others.computeIfAbsent(a.asFor().get(), _ -> new ArrayList<>())
                            .add(a));
            others.replaceAll((_, some) -> Answers.counted(some));
            Instant now = moment.orElseGet(
                    () -> answers.isEmpty() ? at(0) : answers.getLast().askedAt());
            return new Reconciler(settings)
                    .reconcile(
                            new Reconciler.KeyObservation(
                                    CONTOSO,
                                    KEY,
                                    versions,
                                    facts,
                                    underway,
                                    false,
                                    new Evidence(Answers.counted(current), others)),
                            now);
        }
    }

    private static ProbeAnswer deniedAt(DenialReason reason, double minute) {
        return answer(minute, denied(reason));
    }

    private static Given given(ProbeAnswer... answers) {
        return new Given(
                KeyFacts.NONE, false, Set.of(), List.of(answers), Optional.empty(), VirtualWeeksTest.LIKE_THE_PLATFORM);
    }

    private static ProbeAnswer[] threeTimes(ProbeResult finding) {
        return new ProbeAnswer[] {answer(1, finding), answer(2, finding), answer(3, finding)};
    }

    private static ProbeAnswer expiring(double minute, String version, Instant expiresAt) {
        KeyDescription described = Answers.describing(version);
        return answer(
                minute,
                found(ProbeOutcome.USABLE)
                        .about(new KeyDescription(
                                described.version(),
                                described.shape(),
                                true,
                                Optional.empty(),
                                Optional.of(expiresAt),
                                described.recovery())));
    }

    private static Event.KeyRotated rotated(double minute, String version) {
        return new Event.KeyRotated(
                CONTOSO, stamp(at(minute)), KEY, version(version), Optional.empty(), Optional.empty());
    }

    private static Event.KeyRotated rotated(double minute, String version, String previous) {
        return new Event.KeyRotated(
                CONTOSO, stamp(at(minute)), KEY, version(version), Optional.of(version(previous)), Optional.empty());
    }

    private static Event.KeyRevoked revoked(double minute, String version, RevocationCause cause) {
        return new Event.KeyRevoked(
                CONTOSO, stamp(at(minute)), KEY, Optional.ofNullable(version).map(Answers::version), cause);
    }

    private static Event.KeyRevoked ours(Event.KeyRevoked event) {
        EventId id = EventIds.of(CONTOSO, KEY, Stream.of(event), Optional.empty());
        return new Event.KeyRevoked(CONTOSO, new Stamp(event.occurredAt(), id), KEY, event.version(), event.cause());
    }

    private static Event.KeyRestored restored(double minute, String version, RevocationCause cause) {
        return new Event.KeyRestored(
                CONTOSO,
                stamp(at(minute)),
                KEY,
                Optional.ofNullable(version).map(Answers::version),
                Optional.ofNullable(cause));
    }

    private static Event.KeyExpiring announced(Instant at, String version, Instant expiresAt) {
        return new Event.KeyExpiring(CONTOSO, stamp(at), KEY, version(version), expiresAt);
    }

    private static Stamp stamp(Instant at) {
        return new Stamp(at, new EventId("by-others"));
    }
}
