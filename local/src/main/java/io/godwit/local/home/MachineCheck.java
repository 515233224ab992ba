package io.godwit.local.home;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What Godwit needs of a machine, looked at one by one. */
public final class MachineCheck {
    private static final long ENOUGH_DISK = 2L << 30;

    private MachineCheck() {}

    /**
     * One thing looked at.
     *
     * @param remedy what to do; empty where it is well
     */
    public record Finding(boolean well, String text, String remedy) {}

    /** Looks at everything; takes a second at most. */
    public static List<Finding> of(Home home) {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(disk(home));
        findings.add(loopback());
        findings.add(userNamespace());
        return findings;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        return new Finding(version >= 17, "Java " + Runtime.version(), version >= 17 ? "" : "Install JDK 17 or newer.");
    }

    private static Finding disk(Home home) {
        Path folder = home.folder(".");
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String text =
                    String.format(Locale.ROOT, "%.1f GiB free in %s", free / (double) (1 << 30), folder.normalize());
            return new Finding(
                    free >= ENOUGH_DISK, text, free >= ENOUGH_DISK ? "" : "Free space, or set GODWIT_HOME elsewhere.");
        } catch (IOException e) {
            return new Finding(
                    false, folder + ": " + e.getMessage(), "Set GODWIT_HOME to a folder that you may write.");
        }
    }

    private static Finding loopback() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Finding(true, "ports on " + socket.getInetAddress().getHostAddress() + " can be opened", "");
        } catch (IOException e) {
            return new Finding(false, "no port can be opened on loopback: " + e.getMessage(), "Look at the firewall.");
        }
    }

    /** PostgreSQL refuses to run as root; as root it is started within a user namespace. */
    private static Finding userNamespace() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new Finding(true, "not root: PostgreSQL runs as " + System.getProperty("user.name"), "");
        }
        boolean works = false;
        try {
            Process process = new ProcessBuilder("unshare", "-U", "true")
                    .redirectErrorStream(true)
                    .start();
            works = process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            works = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Finding(
                works,
                "root, and unshare -U " + (works ? "works" : "does not work"),
                works ? "" : "Run Godwit as another user: PostgreSQL does not run as root.");
    }
}
