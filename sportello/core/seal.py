"""The electronic seal of the body on a print (PAdES): the archive's and the readers' profiles still hold, and no byte before it moves."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _

FIELD = "Sigillo"

_USAGE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
"""What the key is for: to seal, and nothing else."""


@dataclass(frozen=True)
class SealKey:
    """A PKCS#12 file with the certificate of the body and its key."""

    path: Path
    passphrase: str


def seal_key() -> SealKey | None:
    """The key that is configured, None where the body seals nothing."""
    return SealKey(Path(settings.SEAL_KEY), settings.SEAL_PASSPHRASE) if settings.SEAL_KEY else None


def seal(pdf: bytes, *, key: SealKey, reason: str) -> bytes:
    """The print with a seal at its end, in an increment. Raises OSError or ValueError for a key that does not open."""
    # Imported here: the signing libraries are heavy, and few processes seal.
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import SigSeedSubFilter

    writer = _writer()(BytesIO(pdf))
    _add_field(writer)
    metadata = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason
    )
    signer = PdfSigner(metadata, signer=_signer(key))
    # The library opens an event loop, and no thread may hold two: ours may hold one already.
    with ThreadPoolExecutor(max_workers=1) as apart:
        sealed = apart.submit(signer.sign_pdf, writer, existing_fields_only=True).result()
    content: bytes = sealed.getvalue()
    return content


def write_test_key(key: SealKey) -> None:
    """A new key with a certificate of its own, good for ten years and trusted by nobody: to try the seal, never to publish."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Chiave di prova")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(_USAGE, critical=True)
        .sign(private, hashes.SHA256())
    )
    lock = BestAvailableEncryption(key.passphrase.encode())
    key.path.write_bytes(pkcs12.serialize_key_and_certificates(b"prova", private, certificate, None, lock))


@cache
def _writer() -> Any:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Faithful(IncrementalPdfFileWriter):
        """Leaves the description of the document as it is: written anew it would break both profiles."""

        def _update_meta(self) -> None:
            pass

    return Faithful


def _signer(key: SealKey) -> Any:
    from pyhanko.sign.signers import SimpleSigner

    return SimpleSigner.load_pkcs12_data(key.path.read_bytes(), other_certs=[], passphrase=key.passphrase.encode())


def _add_field(writer: Any) -> None:
    """An invisible field for the seal on the first page, told to screen readers as what it is.

    Left to the library it would stand outside the structure of the document, and without a name.
    """
    from pyhanko.pdf_utils import generic

    made: Any = generic  # its constructors have no types
    page = writer.find_page_for_modification(0)[0]
    tree = writer.root["/StructTreeRoot"]
    whole = tree["/K"][0]  # the element of the document
    numbers = tree["/ParentTree"]["/Nums"]
    number = made.NumberObject(max(numbers[at] for at in range(0, len(numbers), 2)) + 1)
    field = writer.add_object(
        made.DictionaryObject(
            {
                made.pdf_name("/Type"): made.pdf_name("/Annot"),
                made.pdf_name("/Subtype"): made.pdf_name("/Widget"),
                made.pdf_name("/FT"): made.pdf_name("/Sig"),
                made.pdf_name("/T"): made.pdf_string(FIELD),
                made.pdf_name("/TU"): made.pdf_string(_("Sigillo elettronico dell'ente")),
                made.pdf_name("/Rect"): made.ArrayObject(made.NumberObject(0) for _side in range(4)),
                made.pdf_name("/F"): made.NumberObject(0b10000100),  # printed and locked
                made.pdf_name("/P"): page,
                made.pdf_name("/StructParent"): number,
            }
        )
    )
    place = made.DictionaryObject(
        {made.pdf_name("/Type"): made.pdf_name("/OBJR"), made.pdf_name("/Obj"): field, made.pdf_name("/Pg"): page}
    )
    element = writer.add_object(
        made.DictionaryObject(
            {
                made.pdf_name("/Type"): made.pdf_name("/StructElem"),
                made.pdf_name("/S"): made.pdf_name("/Form"),
                made.pdf_name("/P"): tree["/K"].raw_get(0),
                made.pdf_name("/K"): place,
            }
        )
    )
    whole["/K"].append(element)
    numbers.extend([number, element])
    for changed in (whole["/K"], numbers):
        writer.update_container(changed)
    writer.register_annotation(page, field)
    writer.root[made.pdf_name("/AcroForm")] = made.DictionaryObject(
        {made.pdf_name("/Fields"): made.ArrayObject([field]), made.pdf_name("/SigFlags"): made.NumberObject(3)}
    )
    writer.update_root()
