package io.keyward.console.web;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page, read strictly: every tag is closed in order, and only what the templates use may occur. So text that
/// became markup is noticed, whatever it is.
final class Html {
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-zA-Z0-9]+)((?:\\s+[a-zA-Z0-9:-]+(?:=(?:\"[^\"]*\"|'[^']*'))?)*)\\s*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z0-9:-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?");
    private static final Set<String> EMPTY = Set.of("meta", "link", "input", "br");
    private static final Set<String> ELEMENTS = Set.of(
            ("html head meta title link script body a header div nav ul ol li form input main h1 h2 h3 small p section "
                            + "footer time span b strong bdi code dl dt dd table thead tbody tr th td svg path rect line circle "
                            + "figure figcaption label select option button textarea details summary del ins br")
                    .split(" "));

    private final List<String> links = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();

    private Html() {}

    /// @throws AssertionError if the page is not well formed
    static Html read(String page) {
        Html html = new Html();
        String start = "<!doctype html>";
        if (!page.startsWith(start)) {
            throw new AssertionError("no doctype: " + page.substring(0, Math.min(page.length(), 40)));
        }
        html.parse(page.substring(start.length()));
        return html;
    }

    private void parse(String page) {
        int at = 0;
        while (at < page.length()) {
            int next = page.indexOf('<', at);
            if (next < 0) {
                next = page.length();
            }
            text.append(decoded(page.substring(at, next)));
            at = next;
            if (at < page.length()) {
                Matcher tag = TAG.matcher(page).region(at, page.length());
                if (!tag.lookingAt()) {
                    throw new AssertionError("no tag: " + page.substring(at, Math.min(page.length(), at + 120)));
                }
                tag(tag.group(1).isEmpty(), tag.group(2), tag.group(3));
                at = tag.end();
            }
        }
        if (!open.isEmpty()) {
            throw new AssertionError("not closed: " + open);
        }
    }

    private void tag(boolean opens, String name, String attributes) {
        if (!ELEMENTS.contains(name)) {
            throw new AssertionError("unexpected element " + name);
        }
        if (!opens) {
            String expected = open.isEmpty() ? "nothing" : open.pop();
            if (!expected.equals(name)) {
                throw new AssertionError("</" + name + "> closes " + expected);
            }
            return;
        }
        Matcher attribute = ATTRIBUTE.matcher(attributes);
        while (attribute.find()) {
            attribute(name, attribute.group(1), attribute.group(2) == null ? attribute.group(3) : attribute.group(2));
        }
        if (!EMPTY.contains(name)) {
            open.push(name);
        }
    }

    private void attribute(String element, String name, String value) {
        if (name.toLowerCase(Locale.ROOT).startsWith("on") || name.equals("style")) {
            throw new AssertionError("attribute " + name + " of " + element);
        }
        if (name.equals("id") && !ids.add(value)) {
            throw new AssertionError("two elements have the id " + value);
        }
        if (Set.of("href", "src", "action", "hx-get").contains(name)) {
            String address = decoded(value);
            if (element.equals("a") && address.startsWith(ConsoleProgram.PORTAL)) {
                return;
            }
            if ((!address.startsWith("/") && !address.startsWith("#")) || address.startsWith("//")) {
                throw new AssertionError("address " + address);
            }
            links.add(URI.create(address).toString());
        }
    }

    private static String decoded(String escaped) {
        return escaped.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /// Every address on the page, without the fragment.
    List<String> links() {
        return links.stream()
                .map(link -> link.replaceFirst("#.*", ""))
                .filter(link -> !link.isEmpty())
                .toList();
    }

    /// The fragments of this page that links on it lead to.
    List<String> fragments() {
        return links.stream()
                .filter(link -> link.startsWith("#"))
                .map(link -> link.substring(1))
                .toList();
    }

    Set<String> ids() {
        return ids;
    }

    /// The text of the page, with single spaces.
    String text() {
        return text.toString().replaceAll("\\s+", " ");
    }
}
