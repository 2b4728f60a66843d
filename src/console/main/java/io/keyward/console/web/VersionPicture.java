package io.keyward.console.web;

import io.keyward.console.answer.KeyAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The versions of a key on a common timeline, drawn 1000 units wide: one lane for each version,
/// the newest first.
///
/// @param lanes at most [#MOST_LANES]; the table beside the picture has all versions
/// @param months where months begin, or years on a long timeline
/// @param now the x coordinate of the current time
/// @param from the day on which the timeline begins
/// @param to the day on which it ends
/// @param sentence the picture in words
record VersionPicture(List<Lane> lanes, List<Integer> months, int now, String from, String to, String sentence) {
    static final int MOST_LANES = 12;
    private static final int WIDTH = 1000;
    private static final int MOST_LINES = 24;
    private static final Duration MARGIN = Duration.ofDays(2);

    record Lane(String name, List<Box> boxes) {}

    record Box(String css, int x, int y, int width, int height) {}

    static VersionPicture of(KeyAnswer answer, Instant now) {
        Scale scale = Scale.of(answer, now);
        List<Lane> lanes = answer.versions().stream()
                .limit(MOST_LANES)
                .map(version -> lane(version, answer.revocations(), scale, now))
                .toList();
        return new VersionPicture(
                lanes,
                scale.lines(),
                scale.x(now),
                scale.from().atOffset(ZoneOffset.UTC).toLocalDate().toString(),
                scale.to().atOffset(ZoneOffset.UTC).toLocalDate().toString(),
                sentence(answer));
    }

    private static Lane lane(
            KeyAnswer.Version version, List<KeyAnswer.Revocation> revocations, Scale scale, Instant now) {
        List<Box> boxes = new ArrayList<>();
        if (version.state() != KeyAnswer.Version.State.NEVER_CURRENT) {
            Instant since = version.since().orElse(scale.from());
            boxes.add(scale.box("fill-good", since, version.supersededAt().orElse(now), 5, 12));
        }
        if (version.supersededAt().isPresent() && version.keepUntil().isPresent()) {
            boxes.add(scale.box(
                    "fill-info",
                    version.supersededAt().get(),
                    version.keepUntil().get(),
                    9,
                    4));
        }
        revocations.stream()
                .filter(revocation -> revocation.keyVersion().isEmpty()
                        || revocation.keyVersion().get().equals(version.keyVersion()))
                .map(revocation -> scale.box(
                        "fill-critical",
                        revocation.occurredAt(),
                        revocation.restoredAt().orElse(now),
                        19,
                        4))
                .forEach(boxes::add);
        return new Lane(version.keyVersion(), boxes);
    }

    private static String sentence(KeyAnswer answer) {
        long revoked = answer.versions().stream()
                .filter(version -> !version.revokedBy().isEmpty())
                .count();
        long kept = answer.versions().stream()
                .filter(version -> version.keepUntil().isPresent())
                .count();
        return "Timeline of " + answer.versions().size() + " known versions. To be kept although replaced: " + kept
                + ". Not usable now: " + revoked + ". The table that follows has the dates.";
    }

    /// Maps times to x coordinates.
    private record Scale(Instant from, Instant to) {
        static Scale of(KeyAnswer answer, Instant now) {
            Stream<Instant> ofVersions = answer.versions().stream()
                    .flatMap(version -> Stream.of(version.since(), version.supersededAt(), version.keepUntil()))
                    .flatMap(Optional::stream);
            Stream<Instant> ofRevocations = answer.revocations().stream().map(KeyAnswer.Revocation::occurredAt);
            List<Instant> all = Stream.concat(Stream.of(now), Stream.concat(ofVersions, ofRevocations))
                    .sorted()
                    .toList();
            return new Scale(all.getFirst().minus(MARGIN), all.getLast().plus(MARGIN));
        }

        int x(Instant at) {
            double share = (double) Duration.between(from, at).toSeconds()
                    / Duration.between(from, to).toSeconds();
            return (int) Math.round(WIDTH * Math.clamp(share, 0, 1));
        }

        Box box(String css, Instant begin, Instant end, int y, int height) {
            int x = x(begin);
            return new Box(css, x, y, Math.max(3, x(end) - x), height);
        }

        List<Integer> lines() {
            List<Integer> months = lines(1);
            return months.size() <= MOST_LINES ? months : lines(12);
        }

        private List<Integer> lines(int everyMonths) {
            LocalDate first = LocalDate.of(from.atOffset(ZoneOffset.UTC).getYear(), 1, 1);
            return Stream.iterate(first, line -> line.plusMonths(everyMonths))
                    .map(line -> line.atStartOfDay(ZoneOffset.UTC).toInstant())
                    .dropWhile(line -> !line.isAfter(from))
                    .takeWhile(to::isAfter)
                    .map(this::x)
                    .toList();
        }
    }
}
