//! What is cut out of kernels and modules: a kernel's compressed payload, and a section of an ELF file.
//!
//! `/boot/vmlinuz` is a bzImage: boot code, then the kernel proper, packed. Where that lies stands in the
//! header of the x86 boot protocol (the kernel's Documentation/arch/x86/boot.rst).

use anyhow::{Context, Result, bail};
use object::{Object, ObjectSection};
use std::borrow::Cow;
use std::io::Read;

/// The section in which a kernel or module describes its types.
const BTF_SECTION: &str = ".BTF";
/// More than any kernel has, so that a broken file does not fill the memory.
const UNPACKED_BYTES_MAX: u64 = 1 << 30;
/// `setup_sects`: how many sectors of boot code follow the first.
const SETUP_SECTS: usize = 0x1f1;
/// `header`: the header's magic number.
const HEADER: usize = 0x202;
/// `version` of the boot protocol.
const VERSION: usize = 0x206;
/// `payload_offset`, from the end of the boot code; `payload_length` follows.
const PAYLOAD_OFFSET: usize = 0x248;
/// The first version that says where the payload is.
const VERSION_WITH_PAYLOAD: u16 = 0x208;
const SECTOR_BYTES: usize = 512;

/// The BTF of a kernel's image.
pub(super) fn btf_of_kernel(image: &[u8]) -> Result<Vec<u8>> {
    section(&unpacked(payload(image)?)?, BTF_SECTION)
}

/// The BTF of a module, packed or not.
pub(super) fn btf_of_module(module: &[u8]) -> Result<Vec<u8>> {
    section(&unpacked(module)?, BTF_SECTION)
}

/// The packed kernel within a bzImage.
fn payload(image: &[u8]) -> Result<&[u8]> {
    let cut_short = "the image is cut short";
    let word = |at: usize| -> Result<usize> {
        let bytes = image.get(at..).and_then(<[u8]>::first_chunk).context(cut_short)?;
        Ok(usize::try_from(u32::from_le_bytes(*bytes))?)
    };
    if image.get(HEADER..HEADER + 4) != Some(b"HdrS") {
        bail!("this is not a bzImage: it has no boot header");
    }
    let version = image.get(VERSION..).and_then(<[u8]>::first_chunk).context(cut_short)?;
    let version = u16::from_le_bytes(*version);
    if version < VERSION_WITH_PAYLOAD {
        bail!("boot protocol {version:#x} does not say where the kernel is");
    }
    // None means four, as it did before the field existed.
    let sectors = match image[SETUP_SECTS] {
        0 => 4,
        sectors => usize::from(sectors),
    };
    let begin = ((sectors + 1) * SECTOR_BYTES).saturating_add(word(PAYLOAD_OFFSET)?);
    let end = begin.saturating_add(word(PAYLOAD_OFFSET + 4)?);
    image.get(begin..end).context(cut_short)
}

/// The file, unpacked if it is packed. What stands behind a stream is no part of it: the kernel's build
/// appends the unpacked size.
fn unpacked(file: &[u8]) -> Result<Cow<'_, [u8]>> {
    Ok(match file {
        [0x7f, b'E', b'L', b'F', ..] => Cow::Borrowed(file),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => {
            Cow::Owned(read(lzma_rust2::XzReader::new(file, false)).context("xz")?)
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            let reader = ruzstd::decoding::StreamingDecoder::new(file).context("zstd")?;
            Cow::Owned(read(reader).context("zstd")?)
        }
        [0x1f, 0x8b, ..] => Cow::Owned(read(flate2::read::GzDecoder::new(file)).context("gzip")?),
        _ => bail!("neither ELF nor packed in a known way: it begins {:02x?}", file.get(..4)),
    })
}

fn read(reader: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(UNPACKED_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn section(elf: &[u8], name: &str) -> Result<Vec<u8>> {
    let elf = object::File::parse(elf).context("ELF")?;
    let section = elf.section_by_name(name).with_context(|| format!("no section {name}"))?;
    Ok(section.data().context("ELF")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use object::write::Object as Elf;
    use object::{Architecture, BinaryFormat, Endianness, SectionKind};
    use std::io::Write;

    const BTF: &[u8] = b"some types";

    /// A file with `.BTF` among other sections.
    fn elf() -> Vec<u8> {
        let mut elf = Elf::new(BinaryFormat::Elf, Architecture::X86_64, Endianness::Little);
        for (name, data) in [(".text", &b"\x90\xc3"[..]), (".BTF", BTF), (".BTF_ids", b"12")] {
            let section =
                elf.add_section(Vec::new(), name.as_bytes().to_vec(), SectionKind::ReadOnlyData);
            elf.append_section_data(section, data, 1);
        }
        elf.write().expect("a file")
    }

    fn xz(bytes: &[u8]) -> Vec<u8> {
        let mut options = lzma_rust2::XzOptions::with_preset(0);
        // As kernels are packed: code is made alike first.
        options.prepend_pre_filter(lzma_rust2::FilterType::BcjX86, 0);
        let mut writer = lzma_rust2::XzWriter::new(Vec::new(), options).expect("a writer");
        writer.write_all(bytes).expect("memory");
        writer.finish().expect("a stream")
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        crate::kernels::packed(bytes).expect("memory")
    }

    /// A bzImage with two sectors of boot code, three bytes, the payload and its unpacked size.
    fn image(payload: &[u8]) -> Vec<u8> {
        let mut image = vec![0; 2 * SECTOR_BYTES];
        image[SETUP_SECTS] = 1;
        image[HEADER..HEADER + 4].copy_from_slice(b"HdrS");
        image[VERSION..VERSION + 2].copy_from_slice(&0x20f_u16.to_le_bytes());
        let length = u32::try_from(payload.len() + 4).expect("a small one");
        image[PAYLOAD_OFFSET..][..4].copy_from_slice(&3_u32.to_le_bytes());
        image[PAYLOAD_OFFSET + 4..][..4].copy_from_slice(&length.to_le_bytes());
        image.extend([0xcc; 3]);
        image.extend(payload);
        image.extend([0xee; 4]);
        image
    }

    #[test]
    fn the_section_is_cut_out_of_modules_in_every_packing() {
        let elf = elf();
        for module in [elf.clone(), xz(&elf), zstd(&elf), gzip(&elf)] {
            assert_eq!(btf_of_module(&module).expect("the section"), BTF, "{:02x?}", &module[..4]);
        }
    }

    #[test]
    fn the_section_is_cut_out_of_kernels_in_every_packing() {
        let elf = elf();
        for payload in [xz(&elf), zstd(&elf), gzip(&elf)] {
            let btf = btf_of_kernel(&image(&payload)).expect("the section");
            assert_eq!(btf, BTF, "{:02x?}", &payload[..4]);
        }
    }

    #[test]
    fn no_sectors_of_boot_code_mean_four() {
        let mut image = image(&gzip(&elf()));
        image[SETUP_SECTS] = 0;
        image.splice(2 * SECTOR_BYTES..2 * SECTOR_BYTES, [0; 3 * SECTOR_BYTES]);
        assert_eq!(btf_of_kernel(&image).expect("the section"), BTF);
    }

    #[test]
    fn a_file_of_another_form_says_what_it_lacks() {
        let error = |btf: Result<Vec<u8>>| format!("{:#}", btf.expect_err("an error"));
        assert!(error(btf_of_kernel(&elf())).contains("no boot header"));
        assert!(error(btf_of_module(b"MZ..")).contains("[4d, 5a, 2e, 2e]"));
        assert!(error(btf_of_module(b"")).contains("neither"));
        assert!(error(section(&elf(), ".none")).contains("no section .none"));
        let mut old = image(&gzip(&elf()));
        old[VERSION] = 7;
        assert!(error(btf_of_kernel(&old)).contains("0x207"));
        let mut far = image(&gzip(&elf()));
        far[PAYLOAD_OFFSET..][..8].fill(0xff);
        assert!(error(btf_of_kernel(&far)).contains("cut short"));
    }

    #[test]
    fn files_that_are_cut_short_are_errors() {
        let elf = elf();
        for module in [elf.clone(), xz(&elf), zstd(&elf), gzip(&elf)] {
            for length in 0..module.len() {
                assert!(btf_of_module(&module[..length]).is_err(), "{length} bytes");
            }
        }
        let image = image(&gzip(&elf));
        for length in 0..image.len() {
            assert!(btf_of_kernel(&image[..length]).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn files_with_a_wrong_byte_cause_no_panic() {
        let elf = elf();
        for mut file in [elf.clone(), xz(&elf), zstd(&elf), gzip(&elf), image(&gzip(&elf))] {
            for place in 0..file.len() {
                for wrong in [0, 0x7f, 0xff] {
                    let right = std::mem::replace(&mut file[place], wrong);
                    let _ = (btf_of_module(&file), btf_of_kernel(&file));
                    file[place] = right;
                }
            }
        }
    }
}
