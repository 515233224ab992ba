/**
 * MongoDB as a source and a sink. Where its classes say so, they state what holds:
 *
 * <ul>
 *   <li>A collection's columns are those of its document in {@code _godwit.schema}; else those of a sample, and then a
 *       document that is not like the sample is handed over as malformed, never read in part.
 *   <li>What a column's {@link io.godwit.connector.mongodb.Form} writes, it reads back as the same bytes.
 *   <li>A subtask is a collection of its own, which nobody sees, until its step is published. What publishing does may
 *       be done again: documents have their {@code _id} before.
 *   <li>No message has a value of a document, but for its {@code _id} or key.
 * </ul>
 */
@NullMarked
package io.godwit.connector.mongodb;

import org.jspecify.annotations.NullMarked;
