/**
 * Real PostgreSQL and Kafka servers as child processes of this one, for the local process and for tests.
 *
 * <p>Invariants, of both servers:
 *
 * <ul>
 *   <li>They listen on 127.0.0.1 only, and keep their port and their files over {@code stop}, {@code kill} and
 *       {@code start}.
 *   <li>They end when the process that started them ends, however it ends: a shell waits for the end of a pipe from
 *       here, then ends the server and deletes its files if they were temporary ({@link io.godwit.embedded.Leash}).
 *   <li>A directory belongs to one process at a time. What a lost process left running in it is ended at the next
 *       start.
 *   <li>A signal from the terminal does not reach them, so that whoever started them can end them in order.
 * </ul>
 *
 * <p>Both travel as resources: PostgreSQL's binaries in an archive from Maven Central, the broker's jars inside this
 * module's own jar (the build copies them into its resources). So they are found alike from a module's tests and from a
 * packaged application, and no jar of the broker is on an application's class path. They are unpacked once per user,
 * into {@code godwit/} below {@code $XDG_CACHE_HOME} or {@code ~/.cache}, under names that tell versions apart.
 *
 * <p>Not safe for threads, but that a server may be killed by one thread while others use it.
 */
@NullMarked
package io.godwit.embedded;

import org.jspecify.annotations.NullMarked;
