package io.keyward.topology.store;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/// Makes every RocksDB store of an instance use that instance's [RocksMemory]. Kafka Streams creates one setter
/// per store and passes the memory with the settings.
public final class BoundedRocksMemory implements RocksDBConfigSetter {
    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        ((RocksMemory) settings.get(RocksMemory.SETTING)).boundTo(options);
    }

    @Override
    public void close(String store, Options options) {
        // The memory belongs to the instance, which closes it after all stores.
    }
}
