/**
 * Godwit's documents as JSON. What is written can be read again as it was; what is read has every component that its
 * record needs, and nothing that its record does not know.
 */
@NullMarked
package io.godwit.platform.json;

import org.jspecify.annotations.NullMarked;
