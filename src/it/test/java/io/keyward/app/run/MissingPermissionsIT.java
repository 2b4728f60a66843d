package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Without any one line of `topology/acls.yaml`, an operation fails that the message names.
@Tag("full")
class MissingPermissionsIT {
    /// `recover` keeps no state in a folder for temporary files.
    @TempDir
    private static Path folder;

    private static SecuredPlatform platform;

    /// A processor has run there. The cases follow each other, and each takes one permission away for its time.
    private static SecuredDeployment shared;

    @BeforeAll
    static void start() throws Exception {
        platform = SecuredPlatform.start(folder);
        shared = platform.deployment();
        shared.createAndCheckTopics();
        shared.runTheProcessor();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /// The index of each operation in the list, since the parameterized names differ in each case.
    static IntStream places() {
        return IntStream.range(0, SecuredPlatform.LIST.bindings("", "").size());
    }

    @ParameterizedTest
    @MethodSource("places")
    void whatIsMissingIsNamed(int place) throws Exception {
        AclBinding pattern = SecuredPlatform.LIST.bindings("", "").get(place);
        String user = pattern.entry().principal().substring("User:".length());
        SecuredDeployment deployment = of(user, pattern.entry().operation());
        AclBinding missing = deployment.bindings().get(place);
        platform.kafka().forbid(missing);
        try {
            assertNamed(user, missing, deployment);
        } finally {
            platform.kafka().allow(List.of(missing));
        }
    }

    /// Who makes or moves topics gets a deployment of its own.
    private static SecuredDeployment of(String user, AclOperation operation) throws Exception {
        if (!user.equals("keyward-admin") && !user.equals("keyward-maintainers") && operation != AclOperation.CREATE) {
            return shared;
        }
        SecuredDeployment own = platform.deployment();
        if (!user.equals("keyward-admin")) {
            own.createAndCheckTopics();
        }
        if (user.equals("keyward-maintainers")) {
            own.leaveAStoppedApplication();
        }
        return own;
    }

    private static void assertNamed(String user, AclBinding missing, SecuredDeployment deployment) throws Exception {
        String refusal = deployment.refusal(user);
        assertThat(refusal).as("without %s", missing).contains(missing.pattern().name());
        // Groups and progress are read by Kafka's own consumer, which names the resource and leaves the rest to the
        // docs.
        if (!user.equals("keyward-readers")
                || (missing.pattern().resourceType() != ResourceType.GROUP
                        && !missing.pattern().name().equals(deployment.names().name(Topic.PROGRESS)))) {
            assertThat(refusal)
                    .as("without %s", missing)
                    .contains(missing.entry().operation().name());
        }
    }
}
