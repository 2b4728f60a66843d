package io.keyward.bench.measure;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the JVM's own counters of a running Java process.
final class JvmProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JvmProbe.class);

    /// Disables the client's own check of the connection: every query shows whether the process still answers.
    private static final Map<String, Object> UNCHECKED = Map.of("jmx.remote.x.client.connection.check.period", 0L);

    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");

    private static final List<String> BEANS = List.of(
            ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME,
            ManagementFactory.THREAD_MXBEAN_NAME,
            ManagementFactory.MEMORY_MXBEAN_NAME);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final long pid;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    private JvmProbe(long pid, JMXConnector connector, MBeanServerConnection beans) {
        this.pid = pid;
        this.connector = connector;
        this.beans = beans;
    }

    /// Waits until the JVM accepts connections and can answer, because a process that has just started does not.
    static JvmProbe attach(ChildJvm jvm) {
        AtomicReference<JvmProbe> attached = new AtomicReference<>();
        Patience.until("the JVM of process " + jvm.pid() + " can be asked", LIMIT, () -> {
            jvm.requireAlive();
            try {
                JvmProbe probe = attachNow(jvm);
                attached.set(probe);
                return probe.hasItsBeans();
            } catch (AttachNotSupportedException | IOException notYet) {
                LOG.debug("Process {} cannot be asked yet", jvm.pid(), notYet);
                return false;
            }
        });
        return attached.get();
    }

    @SuppressWarnings("BanJNDI") // the address is that of a local process that we started
    private static JvmProbe attachNow(ChildJvm jvm) throws AttachNotSupportedException, IOException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
        try {
            JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()), UNCHECKED);
            return new JvmProbe(jvm.pid(), connector, connector.getMBeanServerConnection());
        } finally {
            machine.detach();
        }
    }

    /// A JVM registers its beans one after the other, while it can be asked already.
    private boolean hasItsBeans() throws IOException {
        for (String bean : BEANS) {
            try {
                if (!beans.isRegistered(new ObjectName(bean))) {
                    connector.close();
                    return false;
                }
            } catch (JMException failure) {
                throw unanswered(failure);
            }
        }
        return true;
    }

    /// CPU time of the whole process: its own threads, the compiler's and the garbage collector's.
    long cpuNanos() {
        return (Long) attribute(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, "ProcessCpuTime");
    }

    /// CPU time of the JVM's compilers. The JVM does not tell it, so the threads are found by their names.
    long compilerNanos() {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.mapToLong(JvmProbe::compilerNanos).sum();
        } catch (IOException failure) {
            throw unanswered(failure);
        }
    }

    /// CPU time of the thread if it is a compiler's. 0 if it has ended.
    private static long compilerNanos(Path thread) {
        try {
            return COMPILER.matcher(Files.readString(thread.resolve("comm"))).lookingAt()
                    ? Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ", 2)[0])
                    : 0;
        } catch (IOException ended) {
            return 0;
        }
    }

    /// The bytes that all threads have allocated on the heap so far.
    long allocatedBytes() {
        return (Long) attribute(ManagementFactory.THREAD_MXBEAN_NAME, "TotalThreadAllocatedBytes");
    }

    /// The size of the heap after a full collection.
    long liveHeapBytes() {
        try {
            ObjectName memory = new ObjectName(ManagementFactory.MEMORY_MXBEAN_NAME);
            beans.invoke(memory, "gc", new Object[0], new String[0]);
            return (Long) ((CompositeData) beans.getAttribute(memory, "HeapMemoryUsage")).get("used");
        } catch (JMException | IOException failure) {
            throw unanswered(failure);
        }
    }

    /// The peak resident memory of the process so far.
    long peakResidentBytes() {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw unanswered(failure);
        }
    }

    private Object attribute(String bean, String name) {
        try {
            return beans.getAttribute(new ObjectName(bean), name);
        } catch (JMException | IOException failure) {
            throw unanswered(failure);
        }
    }

    private BenchException unanswered(Exception failure) {
        return new BenchException("Process %d does not tell what it uses: %s".formatted(pid, failure), failure);
    }

    /// Ignores errors, because the process may have ended and closed the connection.
    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException alreadyGone) {
            LOG.debug("The connection to process {} was gone already", pid, alreadyGone);
        }
    }
}
