package io.keyward.console.web;

import io.keyward.console.replica.Staleness;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What every page shows around its content, and how it writes numbers and times.
///
/// @param section the address of the page of the menu that it belongs to; empty if it belongs to none
/// @param extent how far the answer on the page reaches; empty for a page without one
record PageHead(String title, String section, Optional<Staleness> extent, Instant now) {
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

    /// Whether the page refreshes itself. The answers to what-ifs do not: each is computed anew at some cost.
    boolean live() {
        return extent.isPresent() && !section.equals("/whatif");
    }

    Moment moment(Instant at) {
        return new Moment(at, now);
    }

    String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// How far an answer reaches, in a few words. While not everything is known, nobody can say that nothing waits.
    String known(Staleness extent) {
        String known = extent.complete() ? "Everything is known" : "Not everything is known";
        if (extent.lag() > 0) {
            return known + ", " + counted(extent.lag(), "record") + (extent.lag() == 1 ? " waits" : " wait");
        }
        return extent.complete() ? known + ", nothing waits" : known;
    }

    /// Such as `1 environment` or `12 environments`.
    String counted(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
