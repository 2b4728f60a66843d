package io.keyward.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Settings of the product that are measured beside the default ones.
///
/// @param name a name of lower-case letters, digits and hyphens
/// @param settings settings of the product, in addition to those of every run
/// @param javaOptions options of its process: they are added to the usual ones, but replace the usual collector
/// and heap options
/// @param revision the commit whose build is measured; empty for the sources as they are
public record ProductVariant(
        String name, Map<String, String> settings, List<String> javaOptions, Optional<String> revision) {
    /// The product with its default settings.
    public static final ProductVariant STANDARD = of("standard", Map.of(), List.of());

    private static final Pattern TEXT = Pattern.compile("([a-z0-9-]+):\\s*(\\S.*)");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");
    private static final Pattern HEAP = Pattern.compile("-Xmx\\w+");

    public ProductVariant {
        settings = Map.copyOf(settings);
        javaOptions = List.copyOf(javaOptions);
    }

    /// A variant of the sources as they are.
    public static ProductVariant of(String name, Map<String, String> settings, List<String> javaOptions) {
        return new ProductVariant(name, settings, javaOptions, Optional.empty());
    }

    /// The product as it was built from another commit, with its default settings.
    ///
    /// @param revision the id of the commit
    public static ProductVariant ofRevision(String revision) {
        return new ProductVariant(
                revision.substring(0, Math.min(7, revision.length())), Map.of(), List.of(), Optional.of(revision));
    }

    /// Parses `NAME: WORD…`. Each word is either `KEY=VALUE` or a Java option that starts with a hyphen.
    ///
    /// @throws IllegalArgumentException if the text is invalid; the message says what is expected
    public static ProductVariant parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || parts.group(1).equals(STANDARD.name)) {
            throw unreadable(text);
        }
        Map<String, String> settings = new TreeMap<>();
        List<String> options = new ArrayList<>();
        for (String word : SPACE.splitAsStream(parts.group(2)).toList()) {
            int sign = word.indexOf('=');
            if (word.startsWith("-")) {
                options.add(word);
            } else if (sign > 0) {
                settings.put(word.substring(0, sign), word.substring(sign + 1));
            } else {
                throw unreadable(text);
            }
        }
        return of(parts.group(1), settings, options);
    }

    /// This variant with one more setting.
    ProductVariant with(String key, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(key, value);
        return new ProductVariant(name, more, javaOptions, revision);
    }

    public boolean isStandard() {
        return equals(STANDARD);
    }

    /// The differences to the standard variant: the revision, or the words that [#parse] reads.
    public String describe() {
        return Stream.of(
                        revision.stream().map(commit -> "revision " + commit),
                        new TreeMap<>(settings)
                                .entrySet().stream().map(setting -> setting.getKey() + "=" + setting.getValue()),
                        javaOptions.stream())
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
    }

    /// The usual options, with those of this variant added or replaced.
    List<String> replaceIn(List<String> usual) {
        return Stream.concat(usual.stream().filter(option -> !isReplaced(option)), javaOptions.stream())
                .toList();
    }

    private boolean isReplaced(String option) {
        return Stream.of(COLLECTOR, HEAP)
                .filter(kind -> kind.matcher(option).matches())
                .anyMatch(kind -> javaOptions.stream()
                        .anyMatch(other -> kind.matcher(other).matches()));
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "'%s' is not a variant; must be a name of its own in small letters, a colon, and KEY=VALUE or Java options, such as 'small-batches: keyward.kafka.batch.size=16384' or 'zgc: -XX:+UseZGC'"
                        .formatted(text));
    }
}
