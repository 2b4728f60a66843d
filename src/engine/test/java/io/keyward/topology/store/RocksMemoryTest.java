package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

class RocksMemoryTest {
    @Test
    void everyStoreDrawsOnTheOneMemoryOfItsInstance() {
        try (RocksMemory memory = new RocksMemory(32 << 20);
                Options one = new Options().setTableFormatConfig(new BlockBasedTableConfig());
                Options other = new Options().setTableFormatConfig(new BlockBasedTableConfig())) {
            Map<String, Object> settings = Map.of(RocksMemory.SETTING, memory);
            new BoundedRocksMemory().setConfig("environments", one, settings);
            new BoundedRocksMemory().setConfig("keys", other, settings);
            assertThat(one.writeBufferManager()).isSameAs(other.writeBufferManager());
            assertThat(((BlockBasedTableConfig) one.tableFormatConfig()).cacheIndexAndFilterBlocks())
                    .isTrue();
        }
    }
}
