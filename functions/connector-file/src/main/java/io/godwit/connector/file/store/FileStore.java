package io.godwit.connector.file.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A root folder and the files below it, on a disk, in a bucket or on a server. Paths are relative to the root, with
 * {@code /} between folders, as {@link Paths#check} wants them; a path never leads out of the root. Not safe for
 * threads.
 */
public interface FileStore extends AutoCloseable {

    /** What it is, for people; dials where that is needed. */
    String product() throws IOException;

    /**
     * What a folder is called whichever connection leads to it, and wherever that connection's root is: two that are
     * one have one name. Dials where that is needed.
     *
     * @param folder as it is below the root; need not be there
     */
    String place(String folder) throws IOException;

    /**
     * All files below a folder, in its folders too, in the order of their paths; without those whose name, or whose
     * folder's name below it, begins with a dot. Empty where there is no such folder.
     *
     * @param folder empty: the root
     * @param most more than so many end with an IOException
     */
    default List<StoredFile> list(String folder, int most) throws IOException {
        return list(folder, most, false);
    }

    /** As {@link #list(String, int)}, of names that begin with a dot, too, if {@code hidden}. */
    List<StoredFile> list(String folder, int most, boolean hidden) throws IOException;

    Optional<StoredFile> find(String path) throws IOException;

    /** Some bytes of a file, or fewer where it ends before. */
    InputStream open(String path, long first, long length) throws IOException;

    /** Begins a file, with a path that no other has ever had; nobody need see it before it is finished. */
    NewFile create(String path) throws IOException;

    /** Puts a small file there whole, in the place of one with that path: others see the old or the new one. */
    void put(String path, byte[] content) throws IOException;

    /** Gives a file another path, in the place of one with it. Nothing happens where it is there already. */
    void move(String from, String to) throws IOException;

    /** Takes a file away, if it is there. */
    void delete(String path) throws IOException;

    /** Takes a folder away with all that is in it, if it is there. */
    void deleteFolder(String path) throws IOException;

    @Override
    void close();
}
