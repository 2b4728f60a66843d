package io.keyward.proof.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.avro.state.StateCodec;
import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.cluster.CommandFailedException;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A base is taken only as it was signed. The keys were made by `openssl`.
class BaseFolderTest {
    private static final String PRIVATE = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIPVhAic10j5YSaLg+V0C/VsQev+h3emE3yLbJyM7mHwg
            -----END PRIVATE KEY-----
            """;
    private static final String PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEA7bCoqlw6XiP0MuYCHXbAMs3npwEuFHCtOBGa47h+e1g=
            -----END PUBLIC KEY-----
            """;
    private static final String OTHER_PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
            -----END PUBLIC KEY-----
            """;
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final Bytes ROW = RowKeys.environment(CONTOSO, new EnvironmentId("hr"));

    @TempDir
    private Path folder;

    private Path base;
    private PublicKey key;

    @BeforeEach
    void make() throws IOException {
        base = Files.createDirectory(folder.resolve("base"));
        key = SigningKeys.publicKey(Files.writeString(folder.resolve("public.pem"), PUBLIC));
        TreeMap<Bytes, byte[]> rows = new TreeMap<>();
        rows.put(ROW, StateCodec.ENVIRONMENTS.write(EnvironmentState.NONE));
        RowFile.write(base.resolve(Base.file(0)), new TreeMap<>(Map.of(Nodes.ENVIRONMENTS, rows)));
        RowFile.write(base.resolve(Base.file(1)), new TreeMap<String, TreeMap<Bytes, byte[]>>());
        Position first = Position.of(0, Map.of(Topic.KEY_REVOKED, 17L));
        Base described = new Base(
                Base.FORMAT,
                "keyward",
                2,
                List.of(
                        new Base.LogEnds(first.toString(), 3, Map.of(Nodes.ENVIRONMENTS, 99L, Nodes.DEADLINES, 7L)),
                        new Base.LogEnds(Position.start(1).toString(), 0, Map.of())),
                "2026-03-01T10:00:00Z",
                "3 profile",
                "0.2.0",
                Map.of(
                        Base.file(0), BaseFolder.sha256(base.resolve(Base.file(0))),
                        Base.file(1), BaseFolder.sha256(base.resolve(Base.file(1)))));
        byte[] manifest = described.manifest();
        Files.write(base.resolve("manifest.json"), manifest);
        Path secret = Files.writeString(folder.resolve("private.pem"), PRIVATE);
        Files.write(base.resolve("manifest.sig"), SigningKeys.sign(SigningKeys.privateKey(secret), manifest));
    }

    @Test
    void asItWasSignedItIsRead() {
        BaseFolder opened = BaseFolder.open(base, key);
        assertThat(opened.base().applicationId()).isEqualTo("keyward");
        assertThat(opened.base().position(0).next(Topic.KEY_REVOKED)).isEqualTo(17);
        assertThat(opened.base().positions())
                .extracting(Base.LogEnds::reroutedEnd)
                .containsExactly(3L, 0L);
        assertThat(opened.base().positions().getFirst().changelogEnds())
                .containsExactlyInAnyOrderEntriesOf(Map.of(Nodes.ENVIRONMENTS, 99L, Nodes.DEADLINES, 7L));
        assertThat(opened.base().madeAt()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(opened.base().rules()).isEqualTo("3 profile");
        assertThat(opened.base().productVersion()).isEqualTo("0.2.0");
        assertThat(opened.rows(0).tenants()).containsExactly(CONTOSO);
        assertThat(opened.rows(1).tenants()).isEmpty();
    }

    /// Other programs read it.
    @Test
    void theFormOfTheManifestStays() throws IOException {
        String first = BaseFolder.sha256(base.resolve(Base.file(0)));
        String second = BaseFolder.sha256(base.resolve(Base.file(1)));
        assertThat(base.resolve("manifest.json")).hasContent("""
                {
                  "format" : 1,
                  "applicationId" : "keyward",
                  "partitions" : 2,
                  "positions" : [ {
                    "position" : "%s",
                    "reroutedEnd" : 3,
                    "changelogEnds" : {
                      "deadlines" : 7,
                      "environments" : 99
                    }
                  }, {
                    "position" : "%s",
                    "reroutedEnd" : 0,
                    "changelogEnds" : { }
                  } ],
                  "madeAt" : "2026-03-01T10:00:00Z",
                  "rules" : "3 profile",
                  "productVersion" : "0.2.0",
                  "files" : {
                    "partition-0.rows.gz" : "%s",
                    "partition-1.rows.gz" : "%s"
                  }
                }
                """.formatted(
                        Position.of(0, Map.of(Topic.KEY_REVOKED, 17L)), Position.start(1), first, second));
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "manifest.sig", "partition-0.rows.gz", "partition-1.rows.gz"})
    void aFileThatWasChangedIsNamed(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(base.resolve(name));
        bytes[bytes.length / 2] ^= 1;
        Files.write(base.resolve(name), bytes);
        refused(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "manifest.sig", "partition-0.rows.gz", "partition-1.rows.gz"})
    void aFileThatIsMissingIsNamed(String name) throws IOException {
        Files.delete(base.resolve(name));
        refused(name);
    }

    @Test
    void theSignatureOfAnotherKeyIsNone() throws IOException {
        key = SigningKeys.publicKey(Files.writeString(folder.resolve("other.pem"), OTHER_PUBLIC));
        refused("manifest.sig");
    }

    @Test
    void aLaterFormatIsRefused() throws IOException {
        signWith("\"format\" : 1", "\"format\" : 2");
        refused("format 2");
    }

    @Test
    void aPositionOfAnotherPartitionIsRefused() throws IOException {
        signWith("\"position\" : \"1:", "\"position\" : \"0:");
        refused("its position '0:");
    }

    /// It lacks the last bytes, as after a crash: it can be read, and so its signature does not help.
    @Test
    void aFileThatHoldsFewerRowsThanItSaysIsRefused() throws IOException {
        Path file = folder.resolve("rows.gz");
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            out.writeUTF("");
            out.writeLong(2);
        }
        assertThatThrownBy(() -> RowFile.read(file, (_, _, _) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("it holds 0 rows instead of 2");
    }

    @Test
    void aSignatureThatIsNoneIsRefused() throws IOException {
        Files.write(base.resolve("manifest.sig"), new byte[] {1, 2, 3});
        refused("manifest.sig");
    }

    @Test
    void aBaseOfAnotherApplicationOrCountIsRefused() {
        BaseFolder opened = BaseFolder.open(base, key);
        opened.requireOf("keyward", 2);
        assertThatThrownBy(() -> opened.requireOf("other", 2))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("The base is of the application keyward, not of other.");
        assertThatThrownBy(() -> opened.requireOf("keyward", 3))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("The base has 2 partitions, the application 3.");
    }

    @Test
    void whatIsNoKeyIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("none.pem"), "nothing");
        assertThatThrownBy(() -> SigningKeys.privateKey(file))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("none.pem")
                .hasMessageContaining("PRIVATE KEY");
        assertThatThrownBy(() -> SigningKeys.publicKey(folder.resolve("absent.pem")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("absent.pem");
        Path damaged = Files.writeString(folder.resolve("damaged.pem"), PUBLIC.replace("MCow", ""));
        assertThatThrownBy(() -> SigningKeys.publicKey(damaged)).isInstanceOf(CommandFailedException.class);
    }

    /// Changes the manifest, and signs it again.
    private void signWith(String before, String after) throws IOException {
        byte[] manifest = Files.readString(base.resolve("manifest.json"))
                .replace(before, after)
                .getBytes(StandardCharsets.UTF_8);
        Files.write(base.resolve("manifest.json"), manifest);
        Files.write(
                base.resolve("manifest.sig"),
                SigningKeys.sign(SigningKeys.privateKey(folder.resolve("private.pem")), manifest));
    }

    private void refused(String named) {
        assertThatThrownBy(() -> BaseFolder.open(base, key))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith("The base is refused")
                .hasMessageContaining(named);
    }
}
