package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.Topic;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which refusals stop an instance, and which do not.
class RefusalWatchTest {
    private static final RefusalLimits LIMITS = new RefusalLimits(100, 5, 10, Duration.ofMinutes(1));

    private final RefusalWatch watch = new RefusalWatch(LIMITS);
    private long now = 1_000_000;

    @Test
    void nearlyEverythingOfSeveralTenantsInInputsOfSeveralServicesIsAFailureOfSomethingElse() {
        refuse(99, 10, Topic.POLICY_APPLIED, Topic.KEY_ROTATED);
        assertThatThrownBy(() -> refuse(1, 10, Topic.POLICY_APPLIED))
                .isInstanceOf(SystemicRefusalException.class)
                .hasMessageContaining("{UNREADABLE=100} within PT1M")
                .hasMessageContaining("of 10 tenants")
                .hasMessageContaining("records of 0 tenants were accepted")
                .hasMessageContaining("offset 17 of cmk.any partition 3")
                .hasMessageContaining("keyward.registry.url")
                .hasMessageContaining("keyward.refusals.records = 0");
    }

    @Test
    void oneTenantCannotStopTheOthersHoweverMuchOfHisIsRefused() {
        assertThatCode(() -> refuse(10_000, 1, Topic.POLICY_APPLIED, Topic.KEY_ROTATED, Topic.ENVIRONMENT_CHANGED))
                .doesNotThrowAnyException();
    }

    @Test
    void oneProducerCannotStopTheOthersThoughHeWritesForEverybodyAndNobodyElseWrites() {
        assertThatCode(() -> refuse(
                        10_000, 50, Topic.KEY_ROTATED, Topic.KEY_REVOKED, Topic.KEY_RESTORED, Topic.KEY_EXPIRING))
                .doesNotThrowAnyException();
    }

    @Test
    void twoBrokenProducersCannotStopAThirdOneWhoseRecordsAreAccepted() {
        assertThatCode(() -> {
                    for (int second = 0; second < 300; second++) {
                        accept(3);
                        refuse(200, 20, Topic.POLICY_APPLIED, Topic.KEY_ROTATED);
                        now += 1_000;
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void keysMadeUpAtRandomDoNotHideThatOthersGetThrough() {
        accept(150);
        assertThatCode(() -> refuse(5_000, 5_000, Topic.POLICY_APPLIED, Topic.KEY_ROTATED))
                .doesNotThrowAnyException();
    }

    @Test
    void aTenthOfTheTenantsGettingThroughIsNotEnoughToCallItBadInput() {
        accept(1);
        assertThatThrownBy(() -> refuse(100, 10, Topic.POLICY_APPLIED, Topic.KEY_ROTATED))
                .isInstanceOf(SystemicRefusalException.class)
                .hasMessageContaining("records of 1 tenants were accepted");
    }

    @Test
    void refusalsThatAreFewInTheirTimeNeverAddUp() {
        assertThatCode(() -> {
                    for (int minute = 0; minute < 100; minute++) {
                        refuse(45, 10, Topic.POLICY_APPLIED, Topic.KEY_ROTATED);
                        now += Duration.ofSeconds(31).toMillis();
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void refusalsOfBothHalvesOfTheWindowAddUp() {
        refuse(60, 10, Topic.POLICY_APPLIED);
        now += Duration.ofSeconds(30).toMillis();
        refuse(39, 10, Topic.KEY_ROTATED);
        assertThatThrownBy(() -> refuse(1, 10, Topic.KEY_ROTATED))
                .isInstanceOf(SystemicRefusalException.class)
                .hasMessageContaining("{UNREADABLE=100}")
                .hasMessageContaining("of 10 tenants");
    }

    @Test
    void whatWasRefusedAWindowAgoDoesNotCountAnyMore() {
        refuse(99, 10, Topic.POLICY_APPLIED);
        now += Duration.ofMinutes(1).toMillis();
        assertThatCode(() -> refuse(99, 10, Topic.KEY_ROTATED)).doesNotThrowAnyException();
        now += Duration.ofSeconds(30).toMillis() - 1;
        assertThatThrownBy(() -> refuse(1, 10, Topic.ENVIRONMENT_CHANGED)).isInstanceOf(SystemicRefusalException.class);
    }

    @Test
    void whatWasRefusedJustBeforeStillCountsWhenTheNextHalfBegins() {
        refuse(99, 10, Topic.POLICY_APPLIED);
        now += Duration.ofMinutes(1).toMillis() - 1;
        assertThatThrownBy(() -> refuse(1, 10, Topic.KEY_ROTATED)).isInstanceOf(SystemicRefusalException.class);
    }

    @Test
    void aTenantWhoIsRefusedAllTheTimeIsOneTenant() {
        refuse(50, 4, Topic.POLICY_APPLIED);
        now += Duration.ofSeconds(30).toMillis();
        assertThatCode(() -> refuse(10_000, 4, Topic.KEY_ROTATED)).doesNotThrowAnyException();
    }

    @Test
    void fiveTenantsAreSeveral() {
        assertThatThrownBy(() -> refuse(100, 5, Topic.POLICY_APPLIED, Topic.KEY_ROTATED))
                .isInstanceOf(SystemicRefusalException.class);
    }

    @Test
    void recordsWithoutAKeyAreAsThoseOfOneTenant() {
        for (int number = 0; number < 200; number++) {
            refuse(watch, number % 2 == 0 ? Topic.POLICY_APPLIED : Topic.KEY_ROTATED, null);
        }
        assertThatCode(() -> refuse(3, 3, Topic.POLICY_APPLIED)).doesNotThrowAnyException();
        assertThatThrownBy(() -> refuse(4, 4, Topic.POLICY_APPLIED)).hasMessageContaining("of 5 tenants");
    }

    @Test
    void noMoreThanTwoHundredTenantsAreDistinguished() {
        RefusalWatch patient = new RefusalWatch(new RefusalLimits(300, 5, 10, Duration.ofMinutes(1)));
        assertThatThrownBy(() -> {
                    for (int number = 0; number < 300; number++) {
                        refuse(patient, number, 300, number % 2 == 0 ? Topic.POLICY_APPLIED : Topic.KEY_ROTATED);
                    }
                })
                .hasMessageContaining("of 200 tenants and");
    }

    @Test
    void whatWasAcceptedLongAgoProvesNothing() {
        accept(10);
        now += Duration.ofMinutes(2).toMillis();
        assertThatThrownBy(() -> refuse(100, 10, Topic.POLICY_APPLIED, Topic.ENVIRONMENT_CHANGED))
                .isInstanceOf(SystemicRefusalException.class);
    }

    @Test
    void withoutALimitNothingStopsTheInstance() {
        RefusalWatch never = new RefusalWatch(RefusalLimits.NEVER);
        assertThatCode(() -> {
                    for (int number = 0; number < 10_000; number++) {
                        refuse(never, number, 100, number % 2 == 0 ? Topic.POLICY_APPLIED : Topic.KEY_ROTATED);
                    }
                })
                .doesNotThrowAnyException();
    }

    private void accept(int tenants) {
        for (int tenant = 0; tenant < tenants; tenant++) {
            watch.accepted(new TenantId("tenant-" + tenant), now);
        }
    }

    private void refuse(int records, int tenants, Topic... topics) {
        for (int number = 0; number < records; number++) {
            refuse(watch, number, tenants, topics[number % topics.length]);
        }
    }

    private void refuse(RefusalWatch by, int number, int tenants, Topic topic) {
        refuse(by, topic, ("tenant-" + number % tenants).getBytes(StandardCharsets.UTF_8));
    }

    private void refuse(RefusalWatch by, Topic topic, byte[] key) {
        by.refused(new OriginCoordinates("cmk.any", 3, 17), Optional.of(topic), key, RefusalCode.UNREADABLE, now);
    }
}
