package io.keyward.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The content of a properties file, without any expansion.
///
/// @param doubled keys that the file sets more than once
record PropertiesFile(SortedMap<String, String> settings, SortedSet<String> doubled) {
    /// @throws IOException if the file cannot be read
    /// @throws IllegalArgumentException if it is not a properties file
    static PropertiesFile read(Path file) throws IOException {
        PropertiesFile read = new PropertiesFile(new TreeMap<>(), new TreeSet<>());
        try (Reader reader = Files.newBufferedReader(file)) {
            new Properties() {
                @Override
                public synchronized Object put(Object key, Object value) {
                    if (read.settings.put(key.toString(), value.toString()) != null) {
                        read.doubled.add(key.toString());
                    }
                    return "";
                }
            }.load(reader);
        }
        return read;
    }
}
