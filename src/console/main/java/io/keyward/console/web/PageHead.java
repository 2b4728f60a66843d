package io.keyward.console.web;

import io.keyward.console.replica.Staleness;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What every page shows around its content, and how it formats numbers and times.
///
/// @param section the address of the menu entry that it belongs to; empty if it belongs to none
/// @param staleness the staleness of the answer on the page; empty for a page without an answer
record PageHead(String title, String section, Optional<Staleness> staleness, Instant now) {
    static final List<MenuEntry> MENU = List.of(
            new MenuEntry("Overview", "/"),
            new MenuEntry("Environments", "/environments"),
            new MenuEntry("Tenants", "/tenants"),
            new MenuEntry("Keys", "/keys"),
            new MenuEntry("Locked", "/locked"),
            new MenuEntry("Deadlines", "/deadlines"),
            new MenuEntry("What if", "/whatif"),
            new MenuEntry("After a restore", "/after-a-restore"));

    record MenuEntry(String name, String address) {}

    /// Whether the page refreshes itself. Answers to what-ifs do not, because each refresh would compute them
    /// again at some cost.
    boolean live() {
        return staleness.isPresent() && !section.equals("/whatif");
    }

    Moment moment(Instant at) {
        return new Moment(at, now);
    }

    String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// The staleness of an answer in a few words. While something is unknown, it does not claim
    /// that nothing waits.
    String known(Staleness staleness) {
        String known = staleness.complete() ? "Everything is known" : "Not everything is known";
        if (staleness.lag() > 0) {
            return known + ", " + counted(staleness.lag(), "record") + (staleness.lag() == 1 ? " waits" : " wait");
        }
        return staleness.complete() ? known + ", nothing waits" : known;
    }

    /// Such as `1 environment` or `12 environments`.
    String counted(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
