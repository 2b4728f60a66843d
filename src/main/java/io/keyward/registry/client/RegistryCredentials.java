package io.keyward.registry.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The credentials for the registry; never printed.
public sealed interface RegistryCredentials {
    /// The request headers that carry them.
    Map<String, String> headers();

    record None() implements RegistryCredentials {
        @Override
        public Map<String, String> headers() {
            return Map.of();
        }
    }

    /// `userInfo` is `user:password`.
    record Basic(String userInfo) implements RegistryCredentials {
        @Override
        public Map<String, String> headers() {
            String encoded = Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
            return Map.of("Authorization", "Basic " + encoded);
        }

        @Override
        public String toString() {
            return "Basic[hidden]";
        }
    }

    /// A static token, with the logical cluster and the identity pool that Confluent Cloud requires.
    record Bearer(String token, Optional<String> cluster, Optional<String> identityPool)
            implements RegistryCredentials {
        @Override
        public Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Authorization", "Bearer " + token);
            cluster.ifPresent(name -> headers.put("target-sr-cluster", name));
            identityPool.ifPresent(name -> headers.put("Confluent-Identity-Pool-Id", name));
            return headers;
        }

        @Override
        public String toString() {
            return "Bearer[hidden]";
        }
    }
}
