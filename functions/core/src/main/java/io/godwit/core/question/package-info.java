/**
 * Planning is a question: what the planner asks readers and writers, and what people ask the planner. Each method is
 * one function, invoked over HTTP under the method's name; an answer is either its value or a coded error.
 */
@NullMarked
package io.godwit.core.question;

import org.jspecify.annotations.NullMarked;
