package io.keyward.domain;

import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The words of one event or expectation of a row, read from left to right. A text in quotes is one word.
///
/// An unexpected word is an [IllegalArgumentException] that names the word and what is expected.
final class RowWords {
    static final String NOTHING = "nothing";

    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"?|[^\\s:,\"]+|[:,]");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern TEXT = Pattern.compile("\".*\"");

    /// What can follow a key that has no version.
    private static final Set<String> AFTER_A_KEY =
            Set.of("cause", "environment", "tenant", "id", "until", "at", ":", ",");

    private final String item;
    private final List<String> words;
    private int position;

    RowWords(String item) {
        this.item = item;
        this.words = WORD.matcher(item).results().map(MatchResult::group).toList();
    }

    /// The word that comes next, or an empty one at the end.
    String peek() {
        return more() ? words.get(position) : "";
    }

    private boolean more() {
        return position < words.size();
    }

    /// Whether these words come next. They are read then.
    boolean skip(String... next) {
        int end = position + next.length;
        boolean there = end <= words.size() && words.subList(position, end).equals(List.of(next));
        position = there ? end : position;
        return there;
    }

    /// Reads a word that must come next.
    RowWords with(String word) {
        if (!skip(word)) {
            throw unexpected("`" + word + "`");
        }
        return this;
    }

    void expectEnd(String orElse) {
        if (more()) {
            throw unexpected("the end" + orElse);
        }
    }

    String next(String expected) {
        if (!more()) {
            throw unexpected(expected);
        }
        return words.get(position++);
    }

    /// What is read after a word, if that comes next.
    <T> Optional<T> after(String word, Function<RowWords, T> read) {
        return skip(word) ? Optional.of(read.apply(this)) : Optional.empty();
    }

    long number() {
        return Long.parseLong(matching(NUMBER, "a number"));
    }

    int count() {
        return Math.toIntExact(number());
    }

    /// A day from 2026-01-01 on, which is `0`. Just before and just after it mean a millisecond.
    Instant time() {
        boolean before = skip("just", "before");
        boolean after = skip("just", "after");
        Instant day = Facts.day(Integer.parseInt(matching(NUMBER, "a day, such as `5` or `just before 5`,")));
        return before ? Facts.justBefore(day) : after ? Facts.justAfter(day) : day;
    }

    /// `k1`, or `k1 v1`.
    KeyReference key() {
        String name = next("a key, such as `k1` or `k1 v1`,");
        boolean pinned = more() && !AFTER_A_KEY.contains(peek());
        return pinned ? Facts.pinned(name, next("a version")) : Facts.unpinned(name);
    }

    <E extends Enum<E>> E oneOf(Class<E> type) {
        return oneOf(Arrays.stream(type.getEnumConstants()).collect(Collectors.toMap(Enum::name, Function.identity())));
    }

    <T> T oneOf(Map<String, T> values) {
        return oneOf(values, Set.of());
    }

    /// @param others what else could stand here
    <T> T oneOf(Map<String, T> values, Set<String> others) {
        String expected = Stream.concat(values.keySet().stream(), others.stream())
                .sorted()
                .collect(Collectors.joining(", ", "one of ", ""));
        String word = next(expected);
        if (!values.containsKey(word)) {
            position--;
            throw unexpected(expected);
        }
        return values.get(word);
    }

    /// All that follow: at least one. `all` stands for every one there is, and `nothing` for none.
    <E extends Enum<E>> List<E> allOf(Class<E> type) {
        if (skip(NOTHING)) {
            return List.of();
        }
        if (skip("all")) {
            return List.of(type.getEnumConstants());
        }
        List<E> all = new ArrayList<>();
        do {
            all.add(oneOf(type));
        } while (more());
        return all;
    }

    /// The words up to the end or to one of these.
    List<String> upTo(Set<String> ends) {
        List<String> all = new ArrayList<>();
        while (more() && !ends.contains(peek())) {
            all.add(words.get(position++));
        }
        return all;
    }

    /// The rest: at least one text in quotes.
    List<String> texts() {
        if (!more()) {
            throw unexpected("a text in quotes");
        }
        return textsIfAny();
    }

    List<String> textsIfAny() {
        List<String> texts = new ArrayList<>();
        while (more()) {
            String text = matching(TEXT, "a text in quotes");
            texts.add(text.substring(1, text.length() - 1));
        }
        return texts;
    }

    private String matching(Pattern pattern, String expected) {
        if (!pattern.matcher(peek()).matches()) {
            throw unexpected(expected);
        }
        return words.get(position++);
    }

    private IllegalArgumentException unexpected(String expected) {
        String found = more() ? "`" + peek() + "`" : "the end";
        return new IllegalArgumentException("`" + item + "`: " + found + " stands where " + expected + " is expected");
    }
}
