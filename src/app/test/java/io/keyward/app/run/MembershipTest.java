package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.KeywardConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Under which name an instance is a member of its group, and what becomes of its membership when it stops.
class MembershipTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keyward.streams.group.instance.id",
                "keyward.streams.main.consumer.group.instance.id",
                "keyward.kafka.group.instance.id"
            })
    void aConfiguredNameIsLeftAsItIsAndKeptAfterAStop(String setting) {
        Membership membership = membership(Map.of(setting, "keyward-0"));
        assertThat(membership.settings()).isEmpty();
        assertThat(membership.atTheEnd()).isEqualTo(GroupMembershipOperation.REMAIN_IN_GROUP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb", "memory"})
    void otherwiseTheStateFolderGivesANameWhichIsGivenBackAtAStop(String store) {
        Map<String, String> settings = Map.of("keyward.state.store", store);
        Membership membership = membership(settings);
        assertThat(membership.atTheEnd()).isEqualTo(GroupMembershipOperation.LEAVE_GROUP);
        assertThat(nameOf(membership)).matches("[a-zA-Z0-9._-]{38,249}");
        membership.close();
        assertThat(nameOf(membership(settings))).as("at the next start").isEqualTo(nameOf(membership));
        assertThat(nameOf(membership(
                        Map.of("keyward.state.dir", folder.resolve("other").toString()))))
                .as("in another folder")
                .isNotEqualTo(nameOf(membership));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"keyward.streams.group.protocol = streams", "keyward.streams.group.instance.id = keyward-0"})
    void transactionsHaveTheNameOfTheFolderInAnyCase(String setting) {
        try (Membership membership = membership(Map.of(setting.split(" = ", 2)[0], setting.split(" = ", 2)[1]))) {
            assertThat(membership.settings()).isEmpty();
            assertThat(membership.clients())
                    .isEqualTo(new InstanceClients(
                            "keyward",
                            Optional.of(membership.name().orElseThrow().text()),
                            new TopicPartition("cmk.erasures", 0)));
        }
    }

    @Test
    void onlyOneInstanceAtATimeHasTheNameOfAFolder() {
        try (Membership first = membership(Map.of())) {
            assertThat(first.settings()).isNotEmpty();
            assertThat(membership(Map.of()).settings()).isEmpty();
        }
        assertThat(membership(Map.of()).settings()).isNotEmpty();
    }

    @Test
    void thereIsNoNameWithTheStreamsProtocolOrWhereNoFileCanBeKept() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        for (Map<String, String> settings : List.of(
                Map.of("keyward.streams.group.protocol", "streams"), Map.of("keyward.state.dir", file.toString()))) {
            assertThat(membership(settings).settings()).isEmpty();
            assertThat(membership(settings).atTheEnd()).isEqualTo(GroupMembershipOperation.LEAVE_GROUP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cut off", "\0\0\0\0", "49725a65-b1f4-4665-b197-1f2d3795452e-and-more"})
    void whatAFailureOfTheMachineLeftOfTheNameIsReplaced(String left) throws IOException {
        Path file = folder.resolve("instance-id");
        Files.writeString(file, left);
        try (Membership membership = membership(Map.of())) {
            assertThat(nameOf(membership)).endsWith(Files.readString(file)).doesNotEndWith("-" + left);
        }
        assertThat(Files.readString(file)).hasSize(36);
    }

    private static String nameOf(Membership membership) {
        assertThat(membership.settings()).containsOnlyKeys("group.instance.id");
        return (String) membership.settings().get("group.instance.id");
    }

    private Membership membership(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(
                Map.of("keyward.kafka.bootstrap.servers", "127.0.0.1:9", "keyward.state.dir", folder.toString()));
        all.putAll(settings);
        Properties properties = new Properties();
        properties.putAll(all);
        return Membership.of(KeywardConfig.load(Optional.empty(), Map.of(), properties));
    }
}
