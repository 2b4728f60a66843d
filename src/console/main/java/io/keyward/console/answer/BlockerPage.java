package io.keyward.console.answer;

import io.keyward.console.answer.DisableAnswer.Against;
import io.keyward.console.replica.BadCursorException;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.advice.DisableBlocker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/// Collects a page of the environments that block disabling a key: it counts all reasons of each and names the
/// first ones. The size of a page is bounded, whatever the number of reasons.
final class BlockerPage implements BiPredicate<KnownEnvironment, DisableBlocker.Code> {
    private static final int MOST_OF_ONE = 5;
    private static final int MOST = 250;

    private final DisableQuestion question;
    private final List<Against> page = new ArrayList<>();
    private String last = "";
    private boolean listed;
    private boolean more;
    private long count;
    private int named;

    /// @throws BadCursorException if the cursor is not from such a page
    BlockerPage(DisableQuestion question) {
        this.question = question;
        question.after().filter(cursor -> !cursor.contains("/")).ifPresent(foreign -> {
            throw new BadCursorException(foreign);
        });
    }

    /// Whether the answer names this reason of the environment. Called once per reason,
    /// environment by environment.
    @Override
    public boolean test(KnownEnvironment user, DisableBlocker.Code reason) {
        Against of = new Against(user.tenant(), user.environment(), new TreeMap<>());
        if (!cursorOf(of).equals(last)) {
            begin(of);
        }
        return listed && isNamed(page.getLast().reasons().merge(reason, 1L, Long::sum));
    }

    /// The cursor of an environment: its tenant and id. No id contains a slash.
    private static String cursorOf(Against of) {
        return of.tenantId() + "/" + of.environmentId();
    }

    private void begin(Against next) {
        last = cursorOf(next);
        count++;
        boolean follows = question.after()
                .map(cursor -> Arrays.compareUnsigned(inOrder(last), inOrder(cursor)) > 0)
                .orElse(true);
        listed = follows && !more && page.size() < question.limit() && named < MOST;
        more |= follows && !listed;
        if (listed) {
            page.add(next);
        }
    }

    /// Sorts by tenant, then by environment.
    private static byte[] inOrder(String cursor) {
        return cursor.replace('/', '\0').getBytes(StandardCharsets.UTF_8);
    }

    /// @param ofItsCode how many reasons with this code the environment has so far, including this one
    private boolean isNamed(long ofItsCode) {
        boolean first = ofItsCode <= MOST_OF_ONE;
        named += first ? 1 : 0;
        return first;
    }

    List<Against> environments() {
        return page;
    }

    long count() {
        return count;
    }

    Optional<String> next() {
        return more ? Optional.of(cursorOf(page.getLast())) : Optional.empty();
    }
}
