package io.keyward.registry;

import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/// The record of the golden bytes, and related schemas.
public final class Ticks {
    public static final Schema SCHEMA = parse("""
            {"type":"record","name":"Tick","namespace":"test","fields":[
              {"name":"sym","type":"string"},
              {"name":"px","type":"double"},
              {"name":"ts","type":{"type":"long","logicalType":"timestamp-millis"}}]}""");

    /// A later version, with one more field that has a default.
    static final Schema WITH_VENUE = parse("""
            {"type":"record","name":"Tick","namespace":"test","fields":[
              {"name":"venue","type":"string","default":"none"},
              {"name":"sym","type":"string"},
              {"name":"px","type":"double"},
              {"name":"ts","type":{"type":"long","logicalType":"timestamp-millis"}}]}""");

    private Ticks() {}

    public static Schema parse(String text) {
        return new Schema.Parser().parse(text);
    }

    static GenericRecord tick() {
        GenericRecord tick = new GenericData.Record(SCHEMA);
        tick.put("sym", "ABC");
        tick.put("px", 1.5);
        tick.put("ts", Instant.ofEpochMilli(1));
        return tick;
    }
}
