using OneStep.Formats;

namespace OneStep.Tests.Formats;

public sealed class AtomicFileTests
{
    private const int NoSpaceLeftOnDevice = 28;

    [Fact]
    public void The_file_holds_what_was_written_and_nothing_else_is_left()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder.At("a.bin"), stream => stream.Write([1, 2, 3]));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder.At("a.bin")));
        Assert.Equal(["a.bin"], folder.Names);
    }

    [Fact]
    public void An_older_file_is_replaced()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Put("a.bin", [9, 9, 9, 9]);
        AtomicFile.Write(path, stream => stream.Write([1]));
        Assert.Equal([1], File.ReadAllBytes(path));
    }

    [Fact]
    public void The_old_content_stands_until_the_new_is_complete()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Put("a.bin", [9]);
        AtomicFile.Write(path, stream =>
        {
            stream.Write([1, 2]);
            stream.Flush();
            Assert.Equal([9], File.ReadAllBytes(path));
        });
        Assert.Equal([1, 2], File.ReadAllBytes(path));
    }

    [Fact]
    public void A_name_as_long_as_the_file_system_allows_can_be_written()
    {
        using var folder = new TemporaryFolder();
        string name = new('n', 255);
        AtomicFile.Write(folder.At(name), stream => stream.WriteByte(1));
        Assert.Equal([name], folder.Names);
    }

    [Fact]
    public void A_name_beyond_that_is_one_sentence_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        Sentences.AssertFails(() => AtomicFile.Write(folder.At(new string('n', 256)), stream => stream.WriteByte(1)), "nnn");
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_full_disk_is_one_sentence_and_leaves_the_old_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Put("a.bin", [9]);
        Sentences.AssertFails(
            () => AtomicFile.Write(path, stream =>
            {
                stream.WriteByte(1);
                throw new IOException("No space left on device : '/somewhere/else.tmp'.", NoSpaceLeftOnDevice);
            }),
            path,
            "the disk is full");
        Assert.Equal(["a.bin"], folder.Names);
        Assert.Equal([9], File.ReadAllBytes(path));
    }

    [Fact]
    public void Any_other_trouble_of_the_file_system_is_one_sentence()
    {
        using var folder = new TemporaryFolder();
        Sentences.AssertFails(
            () => AtomicFile.Write(folder.At("a.bin"), _ => throw new IOException("It broke. Badly.\nVery.")), "a.bin", "It broke; Badly");
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Cancellation_passes_through_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(folder.At("a.bin"), stream =>
        {
            stream.WriteByte(1);
            throw new OperationCanceledException();
        }));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_mistake_in_the_program_passes_through_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder.At("a.bin"), _ => throw new InvalidOperationException()));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_missing_folder_is_one_sentence()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.FullName, "missing", "a.bin");
        Sentences.AssertFails(() => AtomicFile.Write(path, _ => { }), path, "its folder does not exist");
    }

    [Fact]
    public void A_folder_that_is_a_file_is_one_sentence()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Put("file", [1]), "a.bin");
        Sentences.AssertFails(() => AtomicFile.Write(path, _ => { }), path);
    }

    [Fact]
    public void A_folder_that_nobody_may_write_into_is_one_sentence()
    {
        if (OperatingSystem.IsLinux())
        {
            Sentences.AssertFails(() => AtomicFile.Write("/sys/a.bin", _ => { }), "/sys/a.bin");
        }
    }

    [Fact]
    public void A_folder_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        Sentences.AssertFails(() => AtomicFile.Write(folder.FullName, _ => { }), folder.FullName, "is a folder");
    }

    [Fact]
    public void A_device_is_not_replaced()
    {
        if (!OperatingSystem.IsWindows())
        {
            Sentences.AssertFails(() => AtomicFile.Write("/dev/null", _ => { }), "/dev/null", "is a device");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_name_that_is_no_name_is_one_sentence(string path) => Sentences.AssertFails(() => AtomicFile.Write(path, _ => { }), "name");

    [Fact]
    public void A_relative_name_is_written_in_the_current_folder()
    {
        string name = $"onestep-{Guid.NewGuid():N}.bin";
        try
        {
            AtomicFile.Write(name, stream => stream.WriteByte(1));
            Assert.True(File.Exists(Path.Combine(Environment.CurrentDirectory, name)));
        }
        finally
        {
            File.Delete(name);
        }
    }
}
