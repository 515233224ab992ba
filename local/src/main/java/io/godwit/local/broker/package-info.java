/**
 * A broker in this process, in Knative's place: takes CloudEvents over HTTP, hands each to the function that acts on
 * its type, and takes the reply back in.
 *
 * <p>At least once while the process lives, in no promised order, a bounded number at once per function; refused events
 * are tried again with backoff, and set aside when that does not help. What it holds is lost with the process: the
 * planner's sweep sends again what is still wanted.
 */
@NullMarked
package io.godwit.local.broker;

import org.jspecify.annotations.NullMarked;
