package io.keyward.domain.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyward.domain.Facts;
import io.keyward.domain.Inventory;
import io.keyward.domain.Profiles;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// docs/contract.md, "Identifiers": what an identifier may be, and how refusals name it.
class IdentifiersTest {
    /// A kind of identifier, by the name that refusals give it.
    private record Kind(String field, Function<String, Object> of) {}

    private static final List<Kind> IDS = List.of(
            new Kind("tenantId", TenantId::new),
            new Kind("environmentId", EnvironmentId::new),
            new Kind("policyId", id -> new PolicyId(Identifiers.parse("policyId", id))));

    /// Text on terminals must not be invisible or change the direction of other text.
    @TestFactory
    Stream<DynamicTest> whatAnIdMayBe() {
        List<String> never = List.of(
                "",
                " ",
                "\t",
                "a\u0000b",
                "a\nb",
                "a\u0085b",
                "\ud800",
                "a\udc00",
                "\ud800a",
                "\udc00\ud800",
                "a\u202eb", // right-to-left override
                "a\u2028b", // line separator
                "a\u2029b", // paragraph separator
                "\u200b", // zero width space
                "a\u200d", // zero width joiner
                "\ufeffa", // byte order mark
                "a\u00adb", // soft hyphen
                "a\u2066b", // left-to-right isolate
                "a\udb40\udc41", // a tag character, beyond the first plane
                "\u00a0", // blank, though not whitespace to Java
                "\u3000 ",
                ".", // cannot be requested: programs resolve it as a part of a path
                "..",
                "a\\b", // some programs read it as '/'
                "\\",
                "a/b",
                "x".repeat(201),
                "é".repeat(101));
        return Stream.concat(
                Stream.of("a", "a b", "é", "😀", "漢字", "e\u0301", "...", "a.", "..a", "x".repeat(200), "é".repeat(100))
                        .map(good -> DynamicTest.dynamicTest(
                                "good: " + good,
                                () -> IDS.forEach(kind ->
                                        assertThat(kind.of().apply(good)).hasToString(good)))),
                never.stream()
                        .map(bad -> DynamicTest.dynamicTest(
                                "bad: "
                                        + bad.codePoints()
                                                .mapToObj(Integer::toHexString)
                                                .toList(),
                                () -> IDS.forEach(
                                        kind -> refused(RefusalCode.INVALID_ID, kind.field(), kind.of(), bad)))));
    }

    /// A component of one part names none.
    @Test
    void theNameOfAPartMayBeEmpty() {
        assertThat(PartName.parse("part", "")).isEqualTo(PartName.ONLY);
        assertThat(PartName.parse("part", "a b")).hasToString("a b");
        refused(RefusalCode.INVALID_ID, "part", name -> PartName.parse("part", name), " ");
        refused(RefusalCode.INVALID_ID, "part", name -> PartName.parse("part", name), "a/b");
    }

    private static void refused(RefusalCode code, String field, Function<String, Object> identifier, String bad) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> identifier.apply(bad))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.detail()).startsWith(field).endsWith(".");
                });
    }

    @Test
    void theDetailSaysWhatIsWrongAndWhere() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new TenantId("ab/c"))
                .withMessage("tenantId holds '/' at position 2, which separates the parts of record keys.");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new TenantId(" "))
                .withMessage("tenantId is blank; expected 1 to 200 bytes of text.");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new TenantId("a\nb"))
                .withMessage("tenantId holds a control character at position 1.");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new TenantId("ab\ud800"))
                .withMessage("tenantId holds half a surrogate pair at position 2.");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new TenantId("ab\u202e"))
                .withMessage("tenantId holds the invisible character U+202E at position 2.");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new TenantId(".."))
                .withMessage("tenantId is '..', which means a folder in a path or a URL; expected another id.");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new TenantId("ab\\"))
                .withMessage("tenantId holds '\\' at position 2, which some programs read as '/'.");
    }

    @Test
    void keysAreTheSameHoweverTheyAreSpelled() {
        assertThat(KeyId.parse("", "HTTPS://Vault.Azure.net/", "Key"))
                .isEqualTo(new KeyId("https://vault.azure.net", "key"));
        assertThat(KeyVersion.parse("keyVersion", "ABC")).isEqualTo(new KeyVersion("abc"));
        assertThat(new KeyId("https://v", "k")).hasToString("https://v/keys/k");
    }

    @Test
    void keyReferencesDifferInEveryPart() {
        KeyReference whole = Facts.unpinned("k1");
        KeyReference pinned = Facts.pinned("k1", "v1");
        KeyReference slashed = new KeyReference(Facts.key("k1/v1"), Optional.empty());

        KeyReference elsewhere = new KeyReference(new KeyId("https://a", "k9"), Optional.empty());

        assertThat(Stream.of(pinned, slashed, Facts.unpinned("k2"), whole, elsewhere)
                        .sorted())
                .containsExactly(elsewhere, whole, pinned, slashed, Facts.unpinned("k2"));
        assertThat(whole).hasToString("https://contoso.vault.azure.net/keys/k1");
        assertThat(pinned).hasToString("https://contoso.vault.azure.net/keys/k1/v1");
    }

    @Test
    void environmentsAreOrderedByTheirBytes() {
        assertThat(Stream.of("ﬀ", "😀", "b", "a", "B")
                        .map(EnvironmentId::new)
                        .sorted()
                        .map(EnvironmentId::value))
                .containsExactly("B", "a", "b", "ﬀ", "😀");
    }

    @Test
    void countsAreNotNegative() {
        for (Runnable bad : List.<Runnable>of(
                () -> new FlowInventory(-1, Optional.empty(), Optional.empty()),
                () -> Inventory.production().nonOAuthConnections(-1).snapshot(),
                () -> Inventory.production().hostedMachines(-1).snapshot(),
                () -> Facts.limit(Facts.day(1), -1))) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(bad::run)
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(RefusalCode.INVALID_FIELD))
                    .withMessageEndingWith(" is -1; expected 0 or more.");
        }
        assertThat(Facts.limit(Facts.day(1), 0).environmentLimit()).isZero();
    }

    @Test
    void anEnvironmentHasUpToAThousandMachineGroups() {
        Inventory inventory = Inventory.production();
        for (int group = 0; group < Snapshot.MAX_GROUPS; group++) {
            inventory.machineGroup("g" + group, Facts.day(0));
        }
        assertThat(inventory.snapshot().hostedMachineGroups()).hasSize(1_000);
        inventory.machineGroup("one more", Facts.day(0));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(inventory::snapshot)
                .withMessage("hostedMachineGroups holds 1001 groups; expected up to 1000.")
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(RefusalCode.INVALID_FIELD));
    }

    @Test
    void profilesNameThemselvesAndTheirSinksLikeIds() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(
                        () -> Profiles.profile(" ", Profiles.SINKS, RuleProfile.Unlock.MANUAL, RuleProfile.Expiry.LOCK))
                .withMessageStartingWith("profile name is blank");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(
                        () -> Profiles.profile("p", List.of("A/B"), RuleProfile.Unlock.MANUAL, RuleProfile.Expiry.LOCK))
                .withMessageStartingWith("sink holds '/'");
        assertThat(Profiles.SEED.sinks()).isUnmodifiable().containsExactlyElementsOf(Profiles.SINKS);
    }
}
