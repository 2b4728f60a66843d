package example;

import io.keyward.decision.Warning;
import io.keyward.event.KeyRotated;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes an event and reads it, with generated classes that Avro finds by the names in the schema, as serdes do. */
public final class RoundTrip {
    private RoundTrip() {}

    public static void main(String... arguments) throws IOException {
        KeyRotated written = KeyRotated.newBuilder()
                .setEventId("e1")
                .setTenantId("acme")
                .setOccurredAt(Instant.parse("2026-03-01T09:00:00Z"))
                .setSource("example")
                .setVaultUri("https://acme.vault.azure.net")
                .setKeyName("cmk")
                .setNewVersion("v2")
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecord>(written.getSchema()).write(written, encoder);
        encoder.flush();
        SpecificRecord read = new SpecificDatumReader<SpecificRecord>(written.getSchema())
                .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
        if (!(read instanceof KeyRotated) || !read.equals(written)) {
            throw new IllegalStateException("Read " + read.getClass() + " " + read);
        }
        System.out.println(read + " and " + Warning.class);
    }
}
